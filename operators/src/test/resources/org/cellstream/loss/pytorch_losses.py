#!/usr/bin/env python3
"""Makes losses.json beside this script: what PyTorch says of each loss, in float64.

    /usr/bin/python3 pytorch_losses.py        (Debian's python3-torch 1.13)

Each case holds rows: outputs, labels (numbers that float32 can hold), the loss and its gradient with
respect to the outputs. Quantiles, scales and degrees of freedom are made of outputs as the Javadoc
of the losses says; their gradient is PyTorch's own, through that.
"""
import json
import pathlib

import torch
import torch.nn.functional as F

ROWS = 12
FLOOR = 1e-3


def quantiles(levels):
    levels = torch.tensor(levels, dtype=torch.float64)

    def loss(outputs, labels):
        values = torch.cumsum(torch.cat([outputs[:1], F.softplus(outputs[1:])]), 0)
        error = labels - values
        return torch.maximum(levels * error, (levels - 1) * error).mean()

    return loss


def gaussian(outputs, labels):
    scale = F.softplus(outputs[1]) + FLOOR
    return -torch.distributions.Normal(outputs[0], scale).log_prob(labels[0])


def student_t(outputs, labels):
    scale, freedom = F.softplus(outputs[1]) + FLOOR, 2 + FLOOR + F.softplus(outputs[2])
    return -torch.distributions.StudentT(freedom, outputs[0], scale).log_prob(labels[0])


def categorical(outputs, labels):
    return F.cross_entropy(outputs[None], labels.long())


# words, function, outputs, classes (0 for real labels)
CASES = [
    ("mse", lambda y, l: F.mse_loss(y, l, reduction="sum"), 2, 0),
    ("mae", lambda y, l: F.l1_loss(y, l, reduction="sum"), 2, 0),
    ("huber(0.5)", lambda y, l: F.huber_loss(y, l, reduction="sum", delta=0.5), 2, 0),
    (
        "binary-cross-entropy",
        lambda y, l: F.binary_cross_entropy_with_logits(y, l, reduction="sum"),
        2,
        2,
    ),
    ("categorical-cross-entropy", categorical, 4, 4),
    ("quantile(0.3)", quantiles([0.3]), 1, 0),
    ("quantile(0.1, 0.5, 0.9)", quantiles([0.1, 0.5, 0.9]), 3, 0),
    ("gaussian", gaussian, 2, 0),
    ("student-t", student_t, 3, 0),
]


def labels_of(words, outputs, classes):
    count = outputs if words in ("mse", "mae", "binary-cross-entropy") or "huber" in words else 1
    if classes:
        return torch.randint(0, classes, (count,)).double()
    return (2 * torch.randn(count, dtype=torch.float32)).double()


def row(words, loss, outputs, classes, spread):
    y = (spread * torch.randn(outputs, dtype=torch.float64)).requires_grad_()
    labels = labels_of(words, outputs, classes)
    value = loss(y, labels)
    value.backward()
    return {
        "outputs": y.detach().tolist(),
        "labels": labels.tolist(),
        "loss": value.item(),
        "gradient": y.grad.tolist(),
    }


if __name__ == "__main__":
    torch.manual_seed(5)
    lines = []
    for words, loss, outputs, classes in CASES:
        rows = [row(words, loss, outputs, classes, 1 + i % 3 * 4) for i in range(ROWS)]
        lines += [json.dumps({"words": words, **one}) for one in rows]
    text = "[\n" + ",\n".join(lines) + "\n]\n"
    pathlib.Path(__file__).with_name("losses.json").write_text(text)
