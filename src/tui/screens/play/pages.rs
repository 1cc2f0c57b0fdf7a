//! What is told between two choices, page by page: the consequence, passages on the way, the next decision.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::engine::Run;
use crate::story::{Aftermath, Entered, Sounded, Story};
use crate::terms::{Feedback, Meters};
use crate::tui::screens::View;
use crate::tui::widgets::prose::Prose;
use crate::tui::widgets::trust::echo;

/// Something to be read before going on, or a decision.
pub(super) struct Page<'s> {
    /// What it is.
    pub(super) told: Told<'s>,
    /// The heading of its scene.
    pub(super) title: &'s str,
    /// Its scene's own text.
    text: &'s str,
    /// What is remembered on entering.
    echoes: Vec<Sounded<'s>>,
    /// The meters when the last decision was met.
    pub(super) before: Meters,
    /// The meters on this page.
    pub(super) meters: Meters,
    /// Insights found by now.
    pub(super) found: u32,
}

/// What a page is.
pub(super) enum Told<'s> {
    /// What the choice did.
    Consequence(Aftermath<'s>),
    /// A scene that asks nothing.
    Passage,
    /// A scene to decide in.
    Decision,
}

/// The pages from the last choice, or from the beginning, to where the run stands. An ending is not among them.
pub(super) fn pages<'s>(story: &'s Story, run: &Run) -> Vec<Page<'s>> {
    let found = run.state().found();
    let Some(step) = run.steps().last() else {
        let start = story.scenario.start.meters;
        return scenes(story, story.opening(run), start, start, found);
    };
    let Some(aftermath) = story.aftermath(step) else { return Vec::new() };
    let after = aftermath.after;
    let rest = scenes(story, aftermath.entered.clone(), step.before, after, found);
    let title = story.scenario.scenes.get(step.scene as usize).map_or("", |scene| &scene.title);
    let consequence = Page {
        told: Told::Consequence(aftermath),
        title,
        text: "",
        echoes: Vec::new(),
        before: step.before,
        meters: after,
        found,
    };
    std::iter::once(consequence).chain(rest).collect()
}

fn scenes<'s>(
    story: &'s Story,
    entered: Vec<Entered<'s>>,
    before: Meters,
    mut meters: Meters,
    found: u32,
) -> Vec<Page<'s>> {
    let mut pages = Vec::new();
    for Entered { at, scene, echoes } in entered {
        meters = echoes.last().map_or(meters, |sounded| sounded.after);
        let asks = story.program.scenes.get(at as usize).is_some_and(|scene| !scene.options.is_empty());
        let told = if asks { Told::Decision } else { Told::Passage };
        if asks || !scene.text.is_empty() || !echoes.is_empty() {
            pages.push(Page { told, title: &scene.title, text: &scene.text, echoes, before, meters, found });
        }
    }
    pages
}

/// A page's text.
pub(super) fn text(page: &Page<'_>, view: &View, width: u16) -> Vec<Line<'static>> {
    // The last column stays free for the mark that there is more.
    let mut prose = Prose::new(view.look, width.saturating_sub(1));
    match &page.told {
        Told::Consequence(aftermath) => consequence(&mut prose, aftermath, view),
        Told::Passage | Told::Decision => scene(&mut prose, page, view),
    }
    if !matches!(page.told, Told::Decision) {
        prose.gap().paragraph("Enter goes on.", view.look.theme.muted);
    }
    prose.into_lines()
}

fn scene(prose: &mut Prose, page: &Page<'_>, view: &View) {
    for sounded in &page.echoes {
        echo(prose, sounded, &view.look);
        prose.gap();
    }
    prose.paragraphs(page.text.split("\n\n"), Style::new());
}

fn consequence(prose: &mut Prose, aftermath: &Aftermath<'_>, view: &View) {
    let theme = &view.look.theme;
    let option = aftermath.option;
    prose.paragraphs(option.then.paragraphs(), Style::new());
    for insight in &aftermath.learned {
        prose.gap().led_by("Found out:", &insight.text, theme.accent, Style::new());
    }
    if view.feedback == Feedback::Now {
        prose.gap().led_by(&format!("{}:", option.why_rule), &option.why, theme.accent, Style::new());
    }
}
