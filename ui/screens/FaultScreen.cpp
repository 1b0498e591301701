#include <array>

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/RatingsScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using Part = wire::KioskFault::Part;
namespace fault = rating::fault;

namespace {

constexpr double kPartWidth = 420;
constexpr std::array<const char*, wire::kFaultParts> kIcons = {
    "desktop_windows", "touch_app",       "photo_camera",  "print",
    "volume_off",      "hourglass_empty", "error_outline", "more_horiz"};

std::string partKey(Part part) {
    return "fault.part." + std::string(name(part));
}

std::shared_ptr<TextEdit> faultWords(const Host& host) {
    const auto style = host.services().config.newToneStyle ? typing::ToneStyle::New : typing::ToneStyle::Old;
    return std::make_shared<TextEdit>(TextEdit::Options{
        .limit = wire::KioskFault::kMaxWords, .multiline = true, .typing = {.toneStyle = style}});
}

}  // namespace

FaultScreen::FaultScreen(Host& host)
    : host_(host),
      words_(faultWords(host)),
      flow_(host.services().outbox, host.services().scheduler, host.services().clock) {
    flow_.onChange = [this] {
        if (std::holds_alternative<fault::Done>(flow_.state())) words_->clear();
        host_.refresh();
    };
    words_->onChange = [this] { flow_.setWords(words_->text()); };
}

std::string FaultScreen::name() const {
    struct Name {
        std::string operator()(const fault::Choosing&) const { return "fault_parts"; }
        std::string operator()(const fault::Words&) const { return "fault_words"; }
        std::string operator()(const fault::Keeping&) const { return "fault_keeping"; }
        std::string operator()(const fault::KeepFailed&) const { return "fault_problem"; }
        std::string operator()(const fault::Done&) const { return "fault_done"; }
    };
    return std::visit(Name{}, flow_.state());
}

Page FaultScreen::render() {
    const auto& state = flow_.state();
    if (std::holds_alternative<fault::Choosing>(state)) return partsPage();
    if (std::holds_alternative<fault::Done>(state)) return donePage();
    if (const auto* now = std::get_if<fault::KeepFailed>(&state)) return failedPage(now->problem);
    auto page = wordsPage();
    if (std::holds_alternative<fault::Keeping>(state)) {
        page.right.back().enabled = false;
        page.back = false;
    }
    return page;
}

bool FaultScreen::back() {
    host_.leaveField();
    return flow_.back();
}

Page FaultScreen::partsPage() {
    Views parts;
    for (std::size_t at = 0; at < wire::kFaultParts; ++at) {
        const auto part = static_cast<Part>(at);
        parts.push_back(button({.id = "part." + std::string(wire::name(part)),
                                .label = host_.tr(partKey(part)),
                                .icon = kIcons.at(at),
                                .kind = ButtonKind::Outline,
                                .onPress = [this, part] { flow_.choose(part); },
                                .wide = true}));
    }
    return {.content = body(host_, "page.parts",
                            {title(host_.tr("fault.title")), muted(host_.tr("fault.what")),
                             grid(largeText(host_) ? 1 : 2, std::move(parts), {.minWidth = kPartWidth})}),
            .staff = true};
}

void FaultScreen::send() {
    host_.leaveField();
    flow_.send();
}

Page FaultScreen::wordsPage() {
    const auto& language = host_.session().language;
    auto field = textField(
        {.id = "words",
         .model = words_,
         .placeholder = host_.tr("fault.words.placeholder"),
         .multiline = true,
         .minLines = wordsLines(host_),
         .hint = host_.tr("fault.words.hint"),
         .counter = host_.tr("feedback.text.count", {{"count", number(words_->characters(), language)},
                                                     {"max", number(wire::KioskFault::kMaxWords, language)}}),
         .spoken = host_.tr("fault.words.title")});
    return {.content = body(
                host_, "page.words",
                {title(host_.tr("fault.words.title")),
                 plainText(host_.tr(partKey(flow_.part())), {.role = Type::BodyStrong}), std::move(field)}),
            .right = {primary("send", host_.tr("fault.send"), "send", [this] { send(); })},
            .fields = {{"words", {words_, KeyboardLayout::Vietnamese}}}};
}

Page FaultScreen::failedPage(const base::Problem& problem) {
    auto text = problemText(host_, problem);
    text.what = host_.tr("fault.failed.what");
    return {.content = problemView(host_, text),
            .staff = true,
            .right = {primary("retry", host_.tr("action.retry"), "refresh", [this] { send(); })}};
}

Page FaultScreen::donePage() {
    return {
        .content = outcomeBody(
            host_, {.icon = "build",
                    .mood = Mood::Ok,
                    .title = host_.tr("fault.done.title"),
                    .what = host_.tr("fault.done.what"),
                    .ways = {whatToDo(host_, {host_.tr("fault.done.now.1"), host_.tr("fault.done.now.2")})}}),
        .back = false,
        .staff = true,
        .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

}  // namespace tram::screens
