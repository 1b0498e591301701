#include "ui/screens/RatingScreen.h"

#include <array>
#include <utility>

#include "base/VietnameseText.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using About = wire::Rating::About;

namespace {

constexpr std::array kFaces = {"sentiment_very_dissatisfied", "sentiment_dissatisfied", "sentiment_neutral",
                               "sentiment_satisfied", "sentiment_very_satisfied"};
constexpr std::array kFacePairs = {TilePair::Orange, TilePair::Orange, TilePair::Slate, TilePair::Green,
                                   TilePair::Green};

std::string faceKey(int stars) {
    return "rating.face." + std::to_string(stars);
}

std::shared_ptr<TextEdit> wordsEdit(const Host& host) {
    const auto style = host.services().config.newToneStyle ? typing::ToneStyle::New : typing::ToneStyle::Old;
    return std::make_shared<TextEdit>(TextEdit::Options{
        .limit = wire::Rating::kMaxWords, .multiline = true, .typing = {.toneStyle = style}});
}

}  // namespace

const char* faceIcon(int stars) {
    return kFaces.at(static_cast<std::size_t>(stars) - 1);
}

RatingScreen::RatingScreen(Host& host, wire::Rating subject, std::string about, Action onKept)
    : host_(host),
      about_(std::move(about)),
      onKept_(std::move(onKept)),
      words_(wordsEdit(host)),
      flow_(std::move(subject), host.services().ratings, host.services().outbox, host.services().scheduler,
            host.services().clock) {
    flow_.onChange = [this] {
        if (std::holds_alternative<rating::situation::Done>(flow_.state())) {
            words_->clear();
            if (const auto kept = std::exchange(onKept_, nullptr)) kept();
        }
        host_.refresh();
    };
    words_->onChange = [this] { flow_.setWords(words_->text()); };
}

std::string RatingScreen::name() const {
    struct Name {
        std::string operator()(const rating::situation::Faces&) const { return "rating_faces"; }
        std::string operator()(const rating::situation::Reasons&) const { return "rating_reasons"; }
        std::string operator()(const rating::situation::Words&) const { return "rating_words"; }
        std::string operator()(const rating::situation::Keeping&) const { return "rating_keeping"; }
        std::string operator()(const rating::situation::KeepFailed&) const { return "rating_problem"; }
        std::string operator()(const rating::situation::Done&) const { return "rating_done"; }
    };
    return std::visit(Name{}, flow_.state());
}

Page RatingScreen::render() {
    struct Show {
        RatingScreen& screen;
        Page operator()(const rating::situation::Faces&) const { return screen.facesPage(); }
        Page operator()(const rating::situation::Reasons&) const { return screen.reasonsPage(); }
        Page operator()(const rating::situation::Words&) const { return screen.wordsPage(); }
        Page operator()(const rating::situation::Keeping&) const { return screen.keepingPage(); }
        Page operator()(const rating::situation::KeepFailed& s) const { return screen.failedPage(s.problem); }
        Page operator()(const rating::situation::Done& s) const { return screen.donePage(s.at); }
    };
    return std::visit(Show{*this}, flow_.state());
}

bool RatingScreen::back() {
    host_.leaveField();
    return flow_.back();
}

ViewRef RatingScreen::heading(const char* key, int step) const {
    constexpr int kSteps = 3;
    return stepper(
        {.title = host_.tr(key),
         .label = host_.tr("step.label", {{"step", std::to_string(step)}, {"steps", std::to_string(kSteps)}}),
         .done = step,
         .total = kSteps});
}

Page RatingScreen::facesPage() {
    const bool two = !host_.theme().portrait() && !largeText(host_);
    Views faces;
    for (int stars = 1; stars <= wire::Rating::kMostStars; ++stars)
        faces.push_back(kit::tile({.id = "face." + std::to_string(stars),
                                   .icon = faceIcon(stars),
                                   .pair = kFacePairs.at(static_cast<std::size_t>(stars) - 1),
                                   .title = host_.tr(faceKey(stars)),
                                   .selected = flow_.rating().stars == stars,
                                   .onPress = [this, stars] { flow_.choose(stars); },
                                   .compact = two || largeText(host_)}));
    const bool kiosk = flow_.rating().about == About::Kiosk;
    auto about = plainText(about_, {.role = Type::BodyStrong});
    auto all = grid(1, std::move(faces), {.gap = 14});
    auto reads = muted(host_.tr(kiosk ? "rating.who_reads.kiosk" : "rating.who_reads"));
    Views rows{heading("rating.faces.title", 1)};
    if (two)  // none of the five below the fold: what is seen first is chosen more
        rows.push_back(row({grow(column({std::move(about), std::move(reads)})), grow(std::move(all))},
                           {.align = Align::Start, .flow = false, .even = true}));
    else
        for (auto& view : Views{std::move(about), std::move(all), std::move(reads)}) rows.push_back(view);
    return {.content = body(host_, "page.faces", std::move(rows))};
}

Page RatingScreen::reasonsPage() {
    Views reasons;
    for (const auto* reason : flow_.reasons())
        reasons.push_back(check({.id = "reason." + reason->id,
                                 .label = reason->text.in(host_.session().language),
                                 .checked = flow_.chose(reason->id),
                                 .onPress = [this, id = reason->id] { flow_.toggle(id); }}));
    const bool good = flow_.rating().stars >= rating::Asked::kFirstGood;
    return {.content = body(host_, "page.reasons",
                            {heading(good ? "rating.reasons.good" : "rating.reasons.bad", 2),
                             row({icon(faceIcon(flow_.rating().stars), 48, Colour::Primary),
                                  grow(plainText(host_.tr(faceKey(flow_.rating().stars))))},
                                 {.gap = 16, .flow = false}),
                             muted(host_.tr("rating.reasons.any")),
                             grid(largeText(host_) ? 1 : 2, std::move(reasons), {.minWidth = 420})}),
            .right = {primary("next", host_.tr("action.next"), "arrow_forward", [this] { flow_.next(); })}};
}

void RatingScreen::send() {
    host_.leaveField();
    flow_.setLanguage(host_.session().language);
    flow_.send();
}

Page RatingScreen::wordsPage() {
    const auto& language = host_.session().language;
    auto field = textField(
        {.id = "words",
         .model = words_,
         .placeholder = host_.tr("rating.words.placeholder"),
         .multiline = true,
         .minLines = wordsLines(host_),
         .hint = host_.tr("rating.words.hint"),
         .counter = host_.tr("feedback.text.count", {{"count", number(words_->characters(), language)},
                                                     {"max", number(wire::Rating::kMaxWords, language)}}),
         .spoken = host_.tr("rating.words.title")});
    return {.content = body(host_, "page.words", {heading("rating.words.title", 3), std::move(field)}),
            .right = {primary("send", host_.tr("rating.send"), "send", [this] { send(); })},
            .fields = {{"words", {words_, KeyboardLayout::Vietnamese}}}};
}

Page RatingScreen::keepingPage() {
    return {
        .content = centredBody(host_, "page",
                               {hero("cloud_sync", Mood::Info),
                                paragraph(host_.tr("rating.keeping"),
                                          {.role = Type::Title, .align = Align::Centre, .heading = true})}),
        .back = false,
        .end = false};
}

Page RatingScreen::failedPage(const base::Problem& problem) {
    auto text = problemText(host_, problem);
    text.what = host_.tr("rating.failed.what");
    text.kept = host_.tr("rating.failed.kept");
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("retry", host_.tr("action.retry"), "refresh", [this] { send(); })}};
}

/// Where it goes: to the city, and not to whoever was rated.
Page RatingScreen::donePage(base::WallTime at) {
    const bool kiosk = flow_.rating().about == About::Kiosk;
    auto what = host_.tr("rating.done.what", {{"time", clockTime(at)}});
    if (!host_.online()) what += ' ' + host_.tr("rating.done.late");
    return {.content =
                outcomeBody(host_, {.icon = "favorite",
                                    .mood = Mood::Ok,
                                    .title = host_.tr("rating.done.title"),
                                    .what = what,
                                    .kept = host_.tr(kiosk ? "rating.who_reads.kiosk" : "rating.who_reads")}),
            .back = false,
            .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

void rateDossier(Host& host, const wire::DossierStatus& status, Action onKept) {
    wire::Rating subject;
    subject.about = About::Dossier;
    subject.code = status.code;
    subject.office = finishedBy(status);
    subject.proof = base::SecretText(status.rate);
    const auto& office = subject.office.empty() ? status.source : subject.office;
    auto about = host.tr("rating.about.dossier", {{"office", office}, {"procedure", status.procedure}});
    host.open(std::make_unique<RatingScreen>(host, std::move(subject), std::move(about), std::move(onKept)));
}

void rateKiosk(Host& host) {
    host.open(std::make_unique<RatingScreen>(host, wire::Rating{}, host.tr("rating.about.kiosk")));
}

}  // namespace tram::screens
