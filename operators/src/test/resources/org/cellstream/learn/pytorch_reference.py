#!/usr/bin/env python3
"""Makes the JSON files beside this script: what PyTorch learns, in float64.

    /usr/bin/python3 pytorch_reference.py        (Debian's python3-torch 1.13)

Each file holds a few minibatches in a row. All start from one set of weights; state is carried from
minibatch to minibatch, detached; each takes one step of Adam after clipping by global norm. An LSTM
here has one bias, so bias_hh is 0 and not learnt. First weights, inputs, labels and starting states
are numbers that float32 can hold, so that both precisions start alike.

Layouts: inputs, labels, outputs [T, B, ...]; weights of steps [T, B]; states [B, S], for each layer
bottom first its h, then its c; weights, gradients [P], for each layer bottom first weight_ih,
weight_hh, bias of an LSTM, or weight, bias of a dense layer.
"""
import json
import pathlib
import re

import torch

INPUTS, STEPS, ROWS, MINIBATCHES = 3, 5, 4, 6
LEARNING_RATE = 0.01


def random(*shape):
    return torch.randn(*shape, dtype=torch.float32).double()


def layers_of(text):
    layers, width = [], INPUTS
    for kind, units in re.findall(r"(\w+)\((\d+)\)", text):
        units = int(units)
        if kind == "lstm":
            layer = torch.nn.LSTM(width, units).double()
            torch.nn.init.zeros_(layer.bias_hh_l0)
            layer.bias_hh_l0.requires_grad = False
        else:
            layer = torch.nn.Linear(width, units).double()
        layers.append(layer)
        width = units
    return layers, width


def forward(layers, x, states):
    """The outputs and the state of each LSTM after the last step."""
    ends, states = [], list(states)
    for layer in layers:
        if isinstance(layer, torch.nn.LSTM):
            x, end = layer(x, states.pop(0))
            ends.append(tuple(part.detach() for part in end))
        else:
            x = layer(x)
    return x, ends


def flat(tensors):
    return torch.cat([t.detach().reshape(-1) for t in tensors]).tolist()


def flat_states(states):
    return torch.cat([part[0] for state in states for part in state], dim=1).reshape(-1).tolist()


def case(text, clip_norm, seed):
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
        "minibatches": [],
    }
    for _ in range(MINIBATCHES):
        x, labels = random(STEPS, ROWS, INPUTS), random(STEPS, ROWS, outputs)
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
