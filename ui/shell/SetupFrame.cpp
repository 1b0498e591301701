#include "ui/shell/SetupFrame.h"

#include "device/ConfigWords.h"

namespace tram::shell {

using namespace kit;
using base::Problem;
using base::ProblemKind;

namespace {

constexpr int kAgainMs = 1000;

/// A file's problem without the file says nothing to a technician; neither does a problem nobody foresaw
/// here.
std::string explain(const base::Words& words, const Problem& problem) {
    const std::string path(problem.fact("path"));
    if (problem.kind == ProblemKind::BadConfig) return device::configWords(words, problem);
    if (problem.kind == ProblemKind::FileMissing && path.ends_with("feedback-fields.json"))
        return words.text("setup.no_fields");
    const std::string key = "setup.problem." + std::string(base::name(problem.kind));
    const bool pathWanted = words.text(key).find("{path}") != std::string::npos;
    if (!words.has(key) || (pathWanted && path.empty())) return words.text("setup.other");
    return words.text(key, {{"path", path}});
}

Theme themeFor(const Options& options, wxSize size) {
    auto theme = Theme::load(options.share / "theme", "light", {}, size);
    if (!theme) throw std::runtime_error("theme");
    return std::move(*theme);
}

wxSize sizeFor(const Options& options) {
    return options.size.x > 0 ? options.size : wxGetDisplaySize();
}

}  // namespace

SetupFrame::SetupFrame(const Options& options, const base::Words& words, Problem problem,
                       std::function<void()> again)
    : wxFrame(nullptr, wxID_ANY, "tram-kiosk", wxPoint(0, 0), sizeFor(options),
              wxBORDER_NONE | wxSTAY_ON_TOP),
      words_(words),
      surface_(new Surface(this, themeFor(options, sizeFor(options)))) {
    Bind(wxEVT_TIMER, [again = std::move(again)](wxTimerEvent&) { again(); });
    Bind(wxEVT_CLOSE_WINDOW, [](wxCloseEvent& event) { event.CanVeto() ? event.Veto() : event.Skip(); });
    timer_.SetOwner(this);
    timer_.Start(kAgainMs);
    show(problem);
}

void SetupFrame::show(const Problem& problem) {
    auto page = column(
        {spacer(), hero("settings", Mood::Warn),
         paragraph(words_.text("setup.title"),
                   {.role = Type::Display, .align = Align::Centre, .heading = true}),
         paragraph(explain(words_, problem), {.align = Align::Centre, .id = "setup.reason"}),
         paragraph(words_.text("setup.wait"), {.colour = Colour::Muted, .align = Align::Centre}), spacer()},
        {.gap = 32});
    surface_->show(ground(padding(page, Insets::all(40)), Colour::Surface));
}

}  // namespace tram::shell
