"""The batches of a phase: drawn here, rendered on the device into the same buffers again and again."""

import numpy as np
import torch

from augment import Faces, jitter_color, look, matrices, occlude, replace_surroundings
from draw import draw_face
from targets import hidden_places, move_mask, move_points, move_pose

DRAWS = 64  # numbers for a face, more than it needs


class Batches:
    def __init__(self, pack, sets, phase, feeds, device):
        self.index, self.phase, self.device = pack.index, phase, device
        self.tasks = [task for task in self.index["tasks"] if any(name == task["name"] for name, _ in feeds)]
        self.points = next((task for task in self.tasks if task["kind"] == "points"), None)
        self.feeds = {name: torch.zeros(dims, device=device) for name, dims in feeds}
        image = self.feeds["image"]
        self.feeds["image"] = image.contiguous(memory_format=torch.channels_last)
        self.size = image.shape[-1]
        self.rows = [(sets[part["set"]], part["rows"]) for part in phase["batch"]]
        self.orders = {}
        mean, std = (torch.tensor(self.index["normalization"][key], device=device) for key in ("mean", "std"))
        self.scale, self.shift = 1 / (255 * std)[:, None, None], (mean / std)[:, None, None]

    def fill(self, number):
        """Fills the feeds with batch `number`, which depends on it and the seed alone."""
        chosen = [self.choose(number, i) for i in range(len(self.rows))]
        draws = np.random.default_rng([self.index["seed"], number]).random((sum(map(len, chosen)), DRAWS)).tolist()
        noise = torch.Generator(self.device).manual_seed(self.index["seed"] * 2**32 + number)

        def fields(kind, rows, size):
            shape = (len(rows), size, size)
            if kind == "noise":
                return sum(torch.rand(shape, generator=noise, device=self.device) for _ in range(2)) - 1
            return torch.rand(shape, generator=noise, device=self.device) - 0.5

        outlined, others = self.roles(chosen)
        strength = self.phase["augment"]
        drawn = [
            draw_face(iter(draws[row]).__next__, strength, outlined[row], len(others) > 0, lambda kind, face: None)
            for row in range(len(draws))
        ]
        self.render(chosen, drawn, others, fields)

    def choose(self, number, i):
        """Faces of the `i`th set: in an order of its own, drawn anew each time it has been used up."""
        faces, rows = self.rows[i]
        places = np.arange(number * rows, (number + 1) * rows)
        length = len(faces.round)
        return faces.round[[self.order(i, place // length)[place % length] for place in places]]

    def order(self, i, turn):
        if self.orders.get(i, (None,))[0] != turn:
            draw = np.random.default_rng([self.index["seed"], i, turn])
            self.orders[i] = (turn, draw.permutation(len(self.rows[i][0].round)))
        return self.orders[i][1]

    def roles(self, chosen):
        """For each row whether it may be seen without its surroundings; and the rows that may lend theirs."""
        outlined, whole = [], []
        for (faces, _), places in zip(self.rows, chosen):

            def known(holds):
                flags = [faces.known[task["name"]][places] for task in self.tasks if holds(task) and task["name"] in faces.known]
                return np.any(flags, 0) if flags else np.zeros(len(places), bool)

            outlined.append(known(lambda task: task.get("evidence") == "face") & known(lambda task: task is self.points))
            whole.append(known(lambda task: task.get("evidence") == "surroundings" or task["kind"] == "mask"))
        return np.concatenate(outlined), np.flatnonzero(np.concatenate(whole))

    def render(self, chosen, drawn, others, fields):
        """Pictures and targets of the faces `chosen` of each set, as `drawn`."""
        faces = Faces(drawn, self.device)
        back, places, starts = self.place(chosen, faces)
        pixels = torch.empty(len(faces.table), 3, self.size, self.size, device=self.device)
        for (known, _), part, start in zip(self.rows, places, starts):
            rows = slice(start, start + len(part))
            pixels[rows] = look(known.tiles[part], back[rows], self.size)
        if self.points:
            points = self.feeds[self.points["name"]].unflatten(1, (-1, 2))
            lent = self.lent(chosen, starts, others, faces)
            replace_surroundings(pixels, lent, points, self.points["outline"], faces, fields)
        jitter_color(pixels, faces, self.index, fields)
        occlude(pixels, faces, fields)
        self.feeds["image"].copy_(pixels * self.scale - self.shift)

    def place(self, chosen, faces):
        """Fills the targets; the matrices back to the tiles, the faces of each set, and where their rows begin."""
        sides = np.concatenate([np.full(len(places), known.side) for (known, _), places in zip(self.rows, chosen)])
        there, back = (torch.from_numpy(m).to(self.device) for m in matrices(faces.host, sides, self.size))
        places = [torch.from_numpy(part).to(self.device) for part in chosen]
        starts = np.cumsum([0, *map(len, chosen)]).tolist()
        self.targets(places, starts, faces, there, back)
        return back, places, starts

    def lent(self, chosen, starts, others, faces):
        """Views of other faces, framed as those whose surroundings they replace."""
        views = torch.zeros(len(faces.table), 3, self.size, self.size, device=self.device)
        rows = np.flatnonzero(faces.host["replaced"])
        lenders = others[(rows + 1) % max(len(others), 1)] if len(others) else rows[:0]
        for (known, _), places, start in zip(self.rows, chosen, starts):
            mine = (lenders >= start) & (lenders < start + len(places))
            if not mine.any():
                continue
            host = {name: values[rows[mine]] for name, values in faces.host.items()}
            back = torch.from_numpy(matrices(host, known.side, self.size)[1]).to(self.device)
            tiles = known.tiles[torch.from_numpy(places[lenders[mine] - start]).to(self.device)]
            views[torch.from_numpy(rows[mine]).to(self.device)] = look(tiles, back, self.size)
        return views

    def targets(self, places, starts, faces, there, back):
        mirrored, angle = faces.get("mirrored")[:, 0, 0], faces.get("angle")[:, 0, 0]
        for task in self.tasks:
            name, kind = task["name"], task["kind"]
            target, weight = self.feeds[name], self.feeds[f"{name}Weight"]
            if kind == "covered":
                continue
            target.zero_(), weight.zero_()
            for (known, _), part, start in zip(self.rows, places, starts):
                rows = slice(start, start + len(part))
                if f"{name}Weight" not in known.labels:
                    continue
                weight[rows] = known.labels[f"{name}Weight"][part, 0]
                if kind == "mask":
                    at = torch.arange(start, start + len(part), device=self.device)
                    masks = known.masks[name][part]
                    target[rows] = move_mask(
                        task, masks, back[rows], mirrored[rows], faces, at, self.size, target.shape[1:]
                    )
                    continue
                label = known.labels[name][part]
                if kind == "points":
                    label = move_points(task, label, there[rows].float(), mirrored[rows], self.size).flatten(1)
                elif kind == "pose":
                    label = move_pose(task, label, angle[rows], mirrored[rows])
                target[rows] = label
            if task.get("evidence") == "surroundings":
                weight.mul_(1 - faces.get("faceOnly")[: len(weight), 0, 0])
        for task in self.tasks:
            if task["kind"] == "covered" and self.points:
                points = self.feeds[self.points["name"]].unflatten(1, (-1, 2))
                known = self.feeds[f"{self.points['name']}Weight"] > 0
                self.feeds[task["name"]].copy_(hidden_places(task, points, faces) * known[:, None])
                self.feeds[f"{task['name']}Weight"].copy_(known)
