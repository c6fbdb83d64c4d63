#!/usr/bin/python3
"""Makes training.json: what PyTorch gives for the losses, AdamW and the learning rates of the baselines' training.

    OPENBLAS_NUM_THREADS=1 /usr/bin/python3 make_training.py > training.json          # Debian 12's python3-torch 1.13

The losses are written here from their definitions, voxel sets in plain loops and cross entropies by torch.nn.functional, in 64 bits;
inputs follow the formula that the tests compute too.
"""
import json
import math

import torch
import torch.nn.functional as F

from formula import numbers

SHAPE = (2, 3, 4, 5, 6)  # batch, outputs, x, y, z


def logits(scale):
    return (torch.tensor(numbers("logits", math.prod(SHAPE))) * scale).reshape(SHAPE).requires_grad_()


def classes():
    flat = torch.tensor(numbers("classes", SHAPE[0] * math.prod(SHAPE[2:])) + 0.5)
    return (flat * SHAPE[1]).long().reshape(SHAPE[0], *SHAPE[2:])


def sets():
    """Overlapping masks; the last structure is in the first window only."""
    target = (torch.tensor(numbers("sets", math.prod(SHAPE))) > 0.2).double().reshape(SHAPE)
    target[1, 2] = 0
    return target


def bce_dice(answer, target):
    bce = F.binary_cross_entropy_with_logits(answer, target)
    found = torch.sigmoid(answer)
    losses = []
    for window in range(SHAPE[0]):
        for organ in range(SHAPE[1]):
            if target[window, organ].sum() == 0:
                continue
            planes = []
            for x in range(SHAPE[2]):
                p, t = found[window, organ, x], target[window, organ, x]
                planes.append(1 - 2 * (p * t).sum() / (p.sum() + t.sum() + 1))
            losses.append(sum(planes) / len(planes))
    return bce + (sum(losses) / len(losses) if losses else 1)


def ce_dice(answer, target):
    ce = F.cross_entropy(answer, target)
    found = torch.softmax(answer, 1)
    losses = []
    for window in range(SHAPE[0]):
        for number in range(SHAPE[1]):
            p, t = found[window, number], (target[window] == number).double()
            losses.append(1 - (2 * (p * t).sum() + 1e-5) / (p.sum() + t.sum() + 1e-5))
    return ce + sum(losses) / len(losses)


def case(name, loss, scale, target):
    answer = logits(scale)
    value = loss(answer, target)
    value.backward()
    gradient = answer.grad.flatten()
    at = [int(i) for i in (numbers("positions", 32) + 0.5) * gradient.numel()]
    return {"name": name, "scale": scale, "loss": float(value), "at": at, "gradient": [float(gradient[i]) for i in at]}


def adamw():
    weights = torch.tensor(numbers("weights", 12), dtype=torch.float32).requires_grad_()
    optimiser = torch.optim.AdamW([weights], lr=0.1, betas=(0.9, 0.999), weight_decay=0.01)
    rates = [0.1, 0.05, 0.2, 0.01, 0.1]
    for step, rate in enumerate(rates):
        optimiser.param_groups[0]["lr"] = rate
        weights.grad = torch.tensor(numbers(f"gradient {step}", 12), dtype=torch.float32)
        optimiser.step()
    return {"rates": rates, "weights": [float(v) for v in weights.detach()]}


def rates(steps, warm_up, rate):
    """PyTorch's own schedulers: linear up, then a cosine down."""
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=rate)
    rise = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: (step + 1) / warm_up)
    found = []
    for _ in range(warm_up):
        found.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        rise.step()
    optimiser = torch.optim.SGD([torch.zeros(1)], lr=rate)
    fall = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, T_max=steps - warm_up)
    for _ in range(steps - warm_up):
        found.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        fall.step()
    return {"steps": steps, "warmUp": warm_up, "rate": rate, "rates": found}


print(json.dumps({
    "torch": torch.__version__,
    "losses": [
        case("BceDice", bce_dice, 4, sets()),
        case("BceDice", bce_dice, 400, sets()),
        case("BceDice", bce_dice, 4, torch.zeros(SHAPE, dtype=torch.float64)),
        case("CeDice", ce_dice, 4, classes()),
        case("CeDice", ce_dice, 400, classes()),
    ],
    "adamw": adamw(),
    "learningRates": rates(20, 4, 1e-4),
}, indent=1))
