"""The pages of a ranking: they read what a run has stored and compute with plain arithmetic only."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from analytics.indices.access import fewest, may_tell_of_all, sees_names
from analytics.indices.models import IndexRun
from analytics.indices.pages import warning_groups
from analytics.indices.ranking import graphs
from analytics.indices.ranking.before import Before, before_of
from analytics.indices.ranking.certainty import certainty_of, offer
from analytics.indices.ranking.frame import SIDES, mean_of, side_tabs, whole_of
from analytics.indices.ranking.headline import headline
from analytics.indices.ranking.scene import Scene
from analytics.indices.ranking.sides import MOST, sides_of
from analytics.indices.ranking.standings import computed_runs
from analytics.indices.ranking.table import heads_of, pillar_heads, rank_table
from analytics.indices.ranking.trial import trial_of
from analytics.indices.views.base import IndexView
from surveys.common.permissions import Permission
from surveys.organisations.requests import person_of

LONGEST_KEY = 18
MOST_FOLLOWED = 500
"""So many units stand in a list to choose from; among more, the search finds them."""


class OfRankingView(IndexView, TemplateView):
    """A side of the ranking of an index: of the run that the address names, else of the newest.

    Who may not see single units gets the figures of all of them, on every side.
    """

    permission_required = Permission.INDEX_VIEW
    side = ""

    @cached_property
    def runs(self) -> list[IndexRun]:
        """The runs to choose from."""
        return computed_runs(self.index)

    @cached_property
    def run(self) -> IndexRun | None:
        """The run looked at; None where nothing was computed yet."""
        named = self.request.GET.get("run", "")
        if named and not (named.isdecimal() and len(named) < LONGEST_KEY):
            raise Http404
        if not named and not self.runs:
            return None
        runs = IndexRun.objects.select_related("version__index", "round__campaign", "job")
        key = int(named) if named else self.runs[0].pk
        return get_object_or_404(runs, version__index=self.index, pk=key)

    @cached_property
    def scene(self) -> Scene | None:
        """The run with its units; None where there are no results."""
        run = self.run
        if run is None or run.computed_at is None:
            return None
        return Scene(run, self.request.GET, self.request.LANGUAGE_CODE)

    def get_template_names(self) -> list[str]:
        """The side, or why there is none."""
        if self.scene is None:
            return ["indices/ranking/none.html"]
        if not self.sees_names:
            return ["indices/ranking/whole.html"]
        return super().get_template_names()

    @cached_property
    def sees_names(self) -> bool:
        """Whether single units are shown."""
        return self.run is not None and sees_names(person_of(self.request), self.run)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The frame, and what the side shows."""
        user, scene = person_of(self.request), self.scene
        context = super().get_context_data(
            index=self.index,
            run=self.run,
            runs=self.runs,
            tabs=side_tabs(self.index, self.request.GET, self.side),
            side=self.side,
            may_run=user.has_perm(Permission.INDEX_RUN, self.index),
            crumbs=self.crumbs((str(SIDES[self.side]), "")),
            **kwargs,
        )
        if scene is None:
            return context
        context["scene"] = scene
        if not self.sees_names:
            told = may_tell_of_all(scene.run)
            return {**context, "whole": whole_of(scene, fewest(scene.run), may_tell=told)}
        listed = scene.block if len(scene.block) <= MOST_FOLLOWED else []
        return {**context, "to_follow": listed, **self.content(scene)}

    def content(self, scene: Scene) -> dict[str, Any]:
        """What this side shows of the run."""
        raise NotImplementedError


class RankingView(OfRankingView):
    """Ranking, interval and heat map in one table; contributions, certainty, warnings, method."""

    template_name = "indices/ranking/ranking.html"
    side = "index_ranking"

    def content(self, scene: Scene) -> dict[str, Any]:
        """The table and the panels."""
        before = before_of(scene.run, scene.definition, scene.language)
        table = rank_table(scene, before, self.request.GET.get("page"))
        names = {unit.key: unit.name for unit in scene.units}
        certainty = certainty_of(scene)
        return {
            "headline": headline(scene.block, scene.digits),
            "mean": mean_of(scene.block),
            "mean_change": _mean_change(scene, before),
            "before": before,
            "table": table,
            "heads": heads_of(scene),
            "pillar_heads": pillar_heads(scene),
            "page_obj": table.page,
            "legend": scene.legend(scene.root),
            "bars": graphs.contribution_bars(scene),
            "certainty": certainty,
            "offer": "" if certainty.runs else offer(scene),
            "warnings": warning_groups(scene.run, scene.definition, names, scene.language),
        }


class ChartsView(OfRankingView):
    """The map, two pillars against each other, and how the units lie."""

    template_name = "indices/ranking/charts.html"
    side = "index_charts"

    def content(self, scene: Scene) -> dict[str, Any]:
        """The tables behind the charts."""
        children, classes = graphs.read_children(scene), graphs.classes_of(scene)
        return {
            "map": graphs.map_of(scene),
            "scatter": graphs.scatter_of(scene, children),
            "strips": graphs.strips_of(scene, children),
            "classes": classes,
            "statement": graphs.statement_of(classes) or self.index.localised_name,
        }


class WeightsView(OfRankingView):
    """The ranking under other weights; nothing is stored."""

    template_name = "indices/ranking/weights.html"
    side = "index_weights"

    def content(self, scene: Scene) -> dict[str, Any]:
        """The sliders, and the ranking under what they say."""
        trial = trial_of(scene)
        return {"trial": trial, "page_obj": trial.page}


class UnitsView(OfRankingView):
    """Two to five units side by side."""

    template_name = "indices/ranking/units.html"
    side = "index_units"

    def content(self, scene: Scene) -> dict[str, Any]:
        """The units' lines."""
        may_read = person_of(self.request).has_perm(Permission.INDEX_VALUES, scene.run)
        sides = sides_of(scene, self.request.GET.getlist("units"), with_answers=may_read)
        return {"sides": sides, "may_read": may_read, "most": MOST}


def _mean_change(scene: Scene, before: Before) -> float | None:
    """The mean change of the units of both rounds."""
    changes = [
        change
        for unit in scene.block
        if (change := before.change(unit.key, unit.score)) is not None
    ]
    return sum(changes) / len(changes) if changes else None
