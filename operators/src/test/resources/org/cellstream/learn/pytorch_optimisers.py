#!/usr/bin/env python3
"""Makes optimisers.json beside this script: weights that PyTorch's optimisers reach, in float64.

    /usr/bin/python3 pytorch_optimisers.py        (Debian's python3-torch 1.13)

All take the same 20 gradients (numbers that float32 can hold), from the same 8 weights, with the
learning rate and what the case names; after each step "weights" has one row of weights. The last
gradients are large enough for the limits to clip. A schedule is stepped after each step.
"""
import json
import pathlib

import torch
from torch.optim import lr_scheduler as s

WEIGHTS, STEPS, RATE = 8, 20, 0.05


def warm_up_cosine(o):
    warm = s.LinearLR(o, start_factor=1 / 4, end_factor=1, total_iters=3)
    return s.SequentialLR(o, [warm, s.CosineAnnealingLR(o, 16, eta_min=0.1 * RATE)], [4])


# optimiser, schedule, largest norm, largest value, how to make both
CASES = [
    ("sgd", "constant", 1e9, None, lambda p: torch.optim.SGD(p, RATE), None),
    ("sgd(momentum=0.9)", "constant", 1e9, None, lambda p: torch.optim.SGD(p, RATE, 0.9), None),
    ("adam", "constant", 1e9, None, lambda p: torch.optim.Adam(p, RATE), None),
    ("adamw(weight-decay=0.1)", "constant", 1e9, None,
     lambda p: torch.optim.AdamW(p, RATE, weight_decay=0.1), None),
    ("rmsprop", "constant", 1e9, None, lambda p: torch.optim.RMSprop(p, RATE), None),
    ("adagrad", "constant", 1e9, None, lambda p: torch.optim.Adagrad(p, RATE), None),
    ("sgd(momentum=0.5)", "constant", 1e9, 0.5, lambda p: torch.optim.SGD(p, RATE, 0.5), None),
    ("sgd(momentum=0.5)", "constant", 2.0, 1.5, lambda p: torch.optim.SGD(p, RATE, 0.5), None),
    ("sgd(momentum=0.9)", "step(3, 0.5)", 1e9, None,
     lambda p: torch.optim.SGD(p, RATE, 0.9), lambda o: s.StepLR(o, 3, 0.5)),
    ("adam", "exponential(0.8)", 1e9, None,
     lambda p: torch.optim.Adam(p, RATE), lambda o: s.ExponentialLR(o, 0.8)),
    ("adamw", "warm-up(4) cosine(16, 0.1)", 1e9, None,
     lambda p: torch.optim.AdamW(p, RATE), warm_up_cosine),
]


def case(optimiser, schedule, norm, value, make, plan, first, gradients):
    p = first.clone().requires_grad_()
    optim = make([p])
    scheduler = plan(optim) if plan else None
    rows, rates = [], []
    for g in gradients:
        p.grad = g.clone()
        if value is not None:
            torch.nn.utils.clip_grad_value_([p], value)
        torch.nn.utils.clip_grad_norm_([p], norm)
        rates.append(optim.param_groups[0]["lr"])
        optim.step()
        if scheduler:
            scheduler.step()
        rows.append(p.detach().tolist())
    return {"optimiser": optimiser, "schedule": schedule, "clipNorm": norm, "clipValue": value,
            "rates": rates, "weights": rows}


if __name__ == "__main__":
    torch.manual_seed(3)
    first = torch.randn(WEIGHTS, dtype=torch.float32).double()
    gradients = [
        ((1 + i / 5) * torch.randn(WEIGHTS, dtype=torch.float32)).float().double()
        for i in range(STEPS)
    ]
    cases = [case(*c, first, gradients) for c in CASES]
    text = ('{"learningRate": %s,\n"first": %s,\n"gradients": %s,\n"cases": [\n%s\n]}\n' % (
        RATE, json.dumps(first.tolist()), json.dumps([g.tolist() for g in gradients]),
        ",\n".join(json.dumps(c) for c in cases)))
    pathlib.Path(__file__).with_name("optimisers.json").write_text(text)
