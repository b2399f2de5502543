"""The training state as flat vectors, and the optimiser that moves it."""

import torch


class State:
    """Parameters and their gradients are seen through views of the vectors."""

    def __init__(self, plan, device):
        count = sum(slot["length"] for slot in plan["slots"])
        vectors = [torch.zeros(count, device=device) for _ in range(5)]
        self.parameters, self.first, self.second, self.average, self.gradient = vectors
        self.betas, self.clip = plan["betas"], plan["clip"]
        self.parts, decayed = {}, torch.zeros(count, device=device)
        for slot in plan["slots"]:
            where = slice(slot["start"], slot["start"] + slot["length"])
            part = self.parameters.detach()[where].view(slot["shape"]).requires_grad_()
            part.grad = self.gradient[where].view(slot["shape"])
            self.parts[slot["name"]] = part
            decayed[where] = plan["weightDecay"] if slot["decays"] else 0
        self.decayed = decayed

    def vectors(self):
        return self.parameters, self.first, self.second, self.average

    @torch.no_grad()
    def move(self, settings):
        """AdamW with clipping, and the moving average; the gradient's norm. Nothing moves when it is not finite.

        `settings` [4] lies on the device and nothing is read back, so that a CUDA graph can hold the whole step.
        """
        norm = self.gradient.norm()
        moves = torch.isfinite(norm)
        rate, first_correction, second_correction, share = settings.unbind()
        rate, share = rate * moves, share * moves
        gradient = torch.where(moves, self.gradient * (self.clip / norm).clamp(max=1), 0)
        self.first.lerp_(gradient, (1 - self.betas[0]) * moves)
        self.second.lerp_(gradient.square_(), (1 - self.betas[1]) * moves)
        spread = (self.second / second_correction).sqrt_().add_(1e-8)
        self.parameters.sub_(self.parameters * self.decayed * rate)
        self.parameters.sub_(self.first / spread * (rate / first_correction))
        self.average.lerp_(self.parameters, share)
        return norm
