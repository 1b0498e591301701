#include "ui/screens/PrintScreen.h"

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;
using device::PrintState;

PrintScreen::PrintScreen(Host& host, paper::Sheet sheet) : host_(host), printer_(host.services().printer) {
    hold(true);
    auto& scheduler = host.services().scheduler;
    scheduler.background([this, &scheduler, token = lifetime_.token(), stock = host.services().stock,
                          sheet = std::move(sheet)] {
        auto pdf = std::make_shared<base::Result<paper::Pdf>>(paper::typeset(sheet, stock));
        scheduler.onUi(token, [this, pdf] { set(std::move(*pdf)); });
    });
}

PrintScreen::~PrintScreen() {
    printer_->leave();
    hold(false);
}

/// Who waits for paper is still there.
void PrintScreen::hold(bool under) {
    if (held_ == under) return;
    held_ = under;
    host_.holdSession(under);
}

void PrintScreen::set(base::Result<paper::Pdf> pdf) {
    if (!pdf) return told({PrintState::Stage::Failed, pdf.error().kind});
    printer_->print(std::move(*pdf), [this](const PrintState& state) { told(state); });
}

void PrintScreen::told(const PrintState& state) {
    state_ = state;
    hold(!state.over() && !state.trouble);
    host_.refresh();
}

std::string PrintScreen::name() const {
    if (state_.stage == PrintState::Stage::Done) return "print_done";
    return state_.trouble || state_.over() ? "print_trouble" : "print_under_way";
}

Page PrintScreen::render() {
    if (state_.stage == PrintState::Stage::Done) return done();
    return state_.trouble || state_.over() ? trouble() : underWay();
}

void PrintScreen::repeat() {
    hold(true);
    state_ = {};
    printer_->again();
    host_.refresh();
}

Page PrintScreen::underWay() {
    return {.content = centredBody(host_, "page",
                                   {hero("print", Mood::Info),
                                    paragraph(host_.tr("print.under_way.title"),
                                              {.role = Type::Title, .align = Align::Centre, .heading = true}),
                                    muted(host_.tr("print.under_way.what"), Align::Centre)})};
}

Page PrintScreen::done() {
    std::vector<ButtonOptions> right;
    if (printer_->mayRepeat())
        right.push_back({.id = "again", .label = host_.tr("print.again"), .icon = "print", .onPress = [this] {
                             repeat();
                         }});
    right.push_back(primary("done", host_.tr("print.back"), "check", [this] { host_.back(); }));
    return {.content = outcomeBody(host_, {.icon = "print",
                                           .mood = Mood::Ok,
                                           .title = host_.tr("print.done.title"),
                                           .what = host_.tr("print.done.what"),
                                           .kept = host_.tr("print.done.kept")}),
            .right = std::move(right)};
}

/// The main button is what gets the paper out; leaving is told by what it does.
Page PrintScreen::trouble() {
    const auto text = printText(host_, state_);
    const bool waiting = !state_.over();
    ButtonOptions leave{.id = "done",
                        .label = host_.tr(waiting ? "print.cancel" : "print.go_back"),
                        .icon = waiting ? "close" : "arrow_back",
                        .onPress = [this] { host_.back(); }};
    std::vector<ButtonOptions> right{std::move(leave)};
    if (!waiting && printer_->mayRepeat())
        right.push_back(primary("again", host_.tr("print.retry"), "print", [this] { repeat(); }));
    return {
        .content = problemView(host_, text), .back = false, .staff = text.staff, .right = std::move(right)};
}

std::optional<ButtonOptions> printButton(Host& host, std::function<paper::Sheet()> sheet) {
    if (!host.services().printer) return {};
    return ButtonOptions{.id = "print",
                         .label = host.tr("print.button"),
                         .icon = "print",
                         .kind = ButtonKind::Outline,
                         .onPress = [&host, sheet = std::move(sheet)] {
                             host.open(std::make_unique<PrintScreen>(host, sheet()));
                         }};
}

}  // namespace tram::screens
