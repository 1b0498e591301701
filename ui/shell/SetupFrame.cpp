#include "ui/shell/SetupFrame.h"

namespace tram::shell {

using namespace kit;
using base::Problem;
using base::ProblemKind;

namespace {

constexpr int kAgainMs = 1000;

std::string explain(const base::Words& words, const Problem& problem) {
    const auto fact = [&](const char* key) { return std::string(problem.fact(key)); };
    switch (problem.kind) {
        case ProblemKind::BadConfig:
            return words.text("setup.config",
                              {{"line", fact("line")}, {"key", fact("key")}, {"expected", fact("expected")}});
        case ProblemKind::NotEnrolled:
            return words.text("setup.notenrolled");
        case ProblemKind::FileMissing:
            if (fact("path").ends_with("feedback-fields.json")) return words.text("setup.nofields");
            return words.text("setup.nodata", {{"path", fact("path")}});
        default:
            return words.text("setup.store", {{"problem", std::string(base::name(problem.kind))}});
    }
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
