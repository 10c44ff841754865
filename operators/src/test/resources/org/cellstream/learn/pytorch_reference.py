#!/usr/bin/env python3
"""Makes the JSON files beside this script: what PyTorch learns, in float64.

    /usr/bin/python3 pytorch_reference.py        (Debian's python3-torch 1.13)

Each file holds a few minibatches in a row. All start from one set of weights; state is carried from
minibatch to minibatch, detached, but for those in "resets", which start from zeros; each takes one
step of Adam after clipping by global norm. An LSTM here has one bias, so bias_hh is 0 and not
learnt. First weights, inputs, labels and starting states are numbers that float32 can hold, so that
both precisions start alike.

Layouts: inputs, labels, outputs [T, B, ...]; weights of steps [T, B]; states [B, S], for each layer
bottom first its h, then its c; weights, gradients [P], for each layer bottom first weight_ih,
weight_hh, bias of an LSTM, weight, bias of a dense layer or layer normalisation, weight of an
embedding. The category of an embedding, which is the lowest layer, is in the last column.
"""
import json
import pathlib
import re

import torch
import torch.nn.functional as F

INPUTS, STEPS, ROWS, MINIBATCHES = 3, 5, 4, 6
LEARNING_RATE = 0.01


def random(*shape):
    return torch.randn(*shape, dtype=torch.float32).double()


LAYER = re.compile(r"(\w+)(?:\(([\d.]+)(?:, ([\w.()]+?))?\))?(?: |$)")
ACTIVATIONS = {
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "leaky_relu(0.2)": lambda x: F.leaky_relu(x, 0.2),
    "elu": F.elu,
    "elu(0.5)": lambda x: F.elu(x, 0.5),
    "selu": F.selu,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "hard_sigmoid": F.hardsigmoid,
    "softplus": F.softplus,
    "softsign": F.softsign,
    "swish": F.silu,
    "exponential": torch.exp,
    "softmax": lambda x: F.softmax(x, dim=-1),
}


class Dense(torch.nn.Linear):
    def __init__(self, width, units, activation):
        super().__init__(width, units)
        self.activation = ACTIVATIONS[activation] if activation else lambda x: x

    def forward(self, x):
        return self.activation(super().forward(x))


class Embedding(torch.nn.Embedding):
    def forward(self, x):
        return torch.cat([x[..., :-1], super().forward(x[..., -1].long())], dim=-1)


class Skip(torch.nn.Module):
    """Needs the network's input, which the forward pass of the whole hands to it."""


def layers_of(text):
    layers, width = [], INPUTS
    for kind, units, rest in LAYER.findall(text):
        if kind == "lstm":
            width, layer = int(units), torch.nn.LSTM(width, int(units)).double()
            torch.nn.init.zeros_(layer.bias_hh_l0)
            layer.bias_hh_l0.requires_grad = False
        elif kind == "dense":
            width, layer = int(units), Dense(width, int(units), rest).double()
        elif kind == "embedding":
            width, layer = width - 1 + int(rest), Embedding(int(units), int(rest)).double()
        elif kind == "layernorm":
            layer = torch.nn.LayerNorm(width).double()
        else:
            assert kind == "skip", kind
            width, layer = width + INPUTS, Skip()
        layers.append(layer)
    return layers, width


def forward(layers, x, states):
    """The outputs and the state of each LSTM after the last step."""
    first, ends, states = x, [], list(states)
    for layer in layers:
        if isinstance(layer, torch.nn.LSTM):
            x, end = layer(x, states.pop(0))
            ends.append(tuple(part.detach() for part in end))
        elif isinstance(layer, Skip):
            x = torch.cat([x, first], dim=-1)
        else:
            x = layer(x)
    return x, ends


def flat(tensors):
    return torch.cat([t.detach().reshape(-1) for t in tensors]).tolist()


def flat_states(states):
    parts = [part[0] for state in states for part in state]
    return torch.cat(parts, dim=1).reshape(-1).tolist() if parts else []


def case(text, clip_norm, seed, minibatches=MINIBATCHES, resets=()):
    torch.manual_seed(seed)
    layers, outputs = layers_of(text)
    learnt = [p for layer in layers for p in layer.parameters() if p.requires_grad]
    with torch.no_grad():
        for p in learnt:
            p.copy_(0.5 * random(*p.shape))
    states = [
        (random(1, ROWS, layer.hidden_size), random(1, ROWS, layer.hidden_size))
        for layer in layers
        if isinstance(layer, torch.nn.LSTM)
    ]
    adam = torch.optim.Adam(learnt, lr=LEARNING_RATE)
    result = {
        "torch": torch.__version__,
        "network": text,
        "inputs": INPUTS,
        "steps": STEPS,
        "rows": ROWS,
        "learningRate": LEARNING_RATE,
        "clipNorm": clip_norm,
        "firstWeights": flat(learnt),
        "starts": flat_states(states),
        "resets": list(resets),
        "minibatches": [],
    }
    for minibatch in range(minibatches):
        if minibatch in resets:
            states = [tuple(torch.zeros_like(part) for part in state) for state in states]
        x, labels = random(STEPS, ROWS, INPUTS), random(STEPS, ROWS, outputs)
        if isinstance(layers[0], Embedding):
            x[..., -1] = torch.randint(0, layers[0].num_embeddings, (STEPS, ROWS)).double()
        weights = torch.randint(0, 4, (STEPS, ROWS)).double() / 2
        y, states = forward(layers, x, states)
        loss = (weights[:, :, None] * (y - labels) ** 2).sum() / (weights.sum() * outputs)
        adam.zero_grad()
        loss.backward()
        gradient = flat([p.grad for p in learnt])
        norm = torch.nn.utils.clip_grad_norm_(learnt, clip_norm)
        adam.step()
        result["minibatches"].append(
            {
                "inputs": flat([x]),
                "labels": flat([labels]),
                "stepWeights": flat([weights]),
                "outputs": flat([y]),
                "ends": flat_states(states),
                "loss": loss.item(),
                "gradient": gradient,
                "gradientNorm": norm.item(),
                "weights": flat(learnt),
            }
        )
    norms = [minibatch["gradientNorm"] for minibatch in result["minibatches"]]
    assert min(norms) < clip_norm < max(norms), norms
    return result


def write(name, result):
    lines = []
    for minibatch in result.pop("minibatches"):
        fields = [f'"{key}": {json.dumps(value)}' for key, value in minibatch.items()]
        lines.append("{\n" + ",\n".join(fields) + "\n}")
    head = ",\n".join(f'"{key}": {json.dumps(value)}' for key, value in result.items())
    text = "{\n" + head + ',\n"minibatches": [\n' + ",\n".join(lines) + "\n]\n}\n"
    pathlib.Path(__file__).with_name(name).write_text(text)


if __name__ == "__main__":
    write("lstm-dense.json", case("lstm(4) dense(1)", clip_norm=0.4, seed=1))
    write("stacked.json", case("lstm(5) lstm(3) dense(2)", clip_norm=0.5, seed=2))
    mixed = "embedding(5, 3) lstm(4) layernorm dense(6, gelu) skip dense(2)"
    write("layers.json", case(mixed, clip_norm=4.5, seed=3, minibatches=20, resets=(3, 11)))
    smooth = "dense(5, gelu) dense(5, gelu_tanh) dense(5, tanh) dense(5, sigmoid)"
    smooth += " dense(5, softplus) dense(5, softsign) dense(5, swish) dense(2, exponential)"
    write("smooth.json", case(smooth, clip_norm=1.0, seed=4))
    bent = "dense(5, relu) dense(5, leaky_relu) dense(5, leaky_relu(0.2)) dense(5, elu)"
    bent += " dense(5, elu(0.5)) dense(5, selu) dense(5, hard_sigmoid) dense(5, softmax) dense(2)"
    write("bent.json", case(bent, clip_norm=0.7, seed=5))
