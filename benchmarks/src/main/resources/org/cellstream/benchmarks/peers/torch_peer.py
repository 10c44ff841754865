"""PyTorch as one of the systems of a benchmark, in a process of its own, on one thread.

Reads a command a line and answers each with a line that starts with "ok" or "error". Arrays are little-endian
float32 in base64. What is timed is timed here, so that no pipe is in it.

    array NAME BASE64               keeps an array for the commands that follow
    step lstm|gru I H B             one cell over [B, I], from a state of zeros; x w_ih w_hh b_ih b_hh are given
    train I H B T RATE              lstm(H) dense(1) over windows [T, B, I], mean squared error and Adam;
                                    x y w_ih w_hh b_ih w b are given
    run N                           N steps, or N updates of the weights; answers nanoseconds
    result                          h [B, H] after the last step, or the outputs [T, B] under the present weights
"""
import base64
import gc
import sys
import time

import numpy
import torch


def blas():
    """Where the matrix products come from: Debian's is whatever library is installed as libblas."""
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "blas" in line or "mkl" in line}
    return ",".join(sorted(path.rsplit("/", 2)[-2] + "/" + path.rsplit("/", 1)[-1] for path in paths))


class Step:
    """One time step after the other; the function below the module, which is the fastest way that Python has."""

    def __init__(self, arrays, kind, inputs, hidden, batch):
        gates = 4 if kind == "lstm" else 3
        self.x = arrays["x"].reshape(batch, inputs)
        self.weights = [
            arrays["w_ih"].reshape(gates * hidden, inputs),
            arrays["w_hh"].reshape(gates * hidden, hidden),
            arrays["b_ih"],
            arrays["b_hh"],
        ]
        self.h = torch.zeros(batch, hidden)
        self.c = torch.zeros(batch, hidden) if kind == "lstm" else None

    def run(self, count):
        x, h, c, weights = self.x, self.h, self.c, self.weights
        with torch.inference_mode():
            start = time.perf_counter_ns()
            if c is None:
                for _ in range(count):
                    h = torch.gru_cell(x, h, *weights)
            else:
                for _ in range(count):
                    h, c = torch.lstm_cell(x, (h, c), *weights)
            nanos = time.perf_counter_ns() - start
        self.h, self.c = h, c
        return nanos

    def result(self):
        return self.h


class Train:
    """Window after window, the same one: forward, backward, Adam."""

    def __init__(self, arrays, inputs, hidden, batch, steps, rate):
        self.x = arrays["x"].reshape(steps, batch, inputs)
        self.y = arrays["y"].reshape(steps, batch, 1)
        self.lstm = torch.nn.LSTM(inputs, hidden)
        self.dense = torch.nn.Linear(hidden, 1)
        with torch.no_grad():
            self.lstm.weight_ih_l0.copy_(arrays["w_ih"].reshape(4 * hidden, inputs))
            self.lstm.weight_hh_l0.copy_(arrays["w_hh"].reshape(4 * hidden, hidden))
            self.lstm.bias_ih_l0.copy_(arrays["b_ih"])
            self.lstm.bias_hh_l0.zero_()
            self.dense.weight.copy_(arrays["w"].reshape(1, hidden))
            self.dense.bias.copy_(arrays["b"])
        # Ours has one bias: the other one stays 0.
        self.lstm.bias_hh_l0.requires_grad_(False)
        learned = [p for m in (self.lstm, self.dense) for p in m.parameters() if p.requires_grad]
        self.adam = torch.optim.Adam(learned, lr=rate)

    def run(self, count):
        start = time.perf_counter_ns()
        for _ in range(count):
            self.adam.zero_grad(set_to_none=True)
            outputs = self.dense(self.lstm(self.x)[0])
            torch.nn.functional.mse_loss(outputs, self.y).backward()
            self.adam.step()
        return time.perf_counter_ns() - start

    def result(self):
        with torch.inference_mode():
            return self.dense(self.lstm(self.x)[0])


def main():
    torch.set_num_threads(1)
    torch.manual_seed(1)
    gc.disable()
    print("ok", torch.__version__, blas(), flush=True)
    arrays, work = {}, None
    for line in sys.stdin:
        words = line.split()
        try:
            if words[0] == "array":
                values = numpy.frombuffer(base64.b64decode(words[2]), dtype="<f4").copy()
                arrays[words[1]] = torch.from_numpy(values)
                answer = ""
            elif words[0] == "step":
                work, answer = Step(arrays, words[1], *map(int, words[2:])), ""
            elif words[0] == "train":
                work, answer = Train(arrays, *map(int, words[1:5]), float(words[5])), ""
            elif words[0] == "run":
                answer = str(work.run(int(words[1])))
            elif words[0] == "result":
                answer = base64.b64encode(work.result().numpy().astype("<f4").tobytes()).decode()
            else:
                raise ValueError("no command " + words[0])
            print("ok", answer, flush=True)
        except Exception as e:  # the other side reports it
            print("error", type(e).__name__, str(e).replace("\n", " "), flush=True)


if __name__ == "__main__":
    main()
