#include "survey/SurveyFlow.h"

#include <algorithm>

#include "base/VietnameseText.h"
#include "wire/SurveyAnswer.h"

namespace tram::survey {

using base::ProblemKind;
using base::Result;
using form::QuestionType;

namespace {

constexpr std::size_t kTextBytes = 64 * 1024;

std::string fit(std::string_view text, std::size_t characters) {
    auto kept = base::firstCharacters(text, characters);
    while (kept.size() > kTextBytes) kept = base::firstCharacters(kept, characters /= 2);
    while (!kept.empty() && (kept.back() == ' ' || kept.back() == '\n')) kept.pop_back();
    return kept;
}

bool accepts(const form::Question* question, QuestionType type) {
    return question && question->type == type;
}

}  // namespace

SurveyFlow::SurveyFlow(Settings settings, Services services, base::Scheduler& scheduler,
                       const base::Clock& clock)
    : settings_(std::move(settings)),
      services_(std::move(services)),
      scheduler_(scheduler),
      clock_(clock),
      state_(needsLogin() ? SurveyState(situation::NeedsLogin{}) : SurveyState(situation::Answering{0})) {}

SurveyFlow::~SurveyFlow() = default;

bool SurveyFlow::needsLogin() const {
    return form().identity == form::Identity::Signed || form().once;
}
bool SurveyFlow::needsToken() const {
    return form().once && form().identity == form::Identity::Anonymous;
}

std::vector<const form::Question*> SurveyFlow::questions(std::size_t section) const {
    return form::visible(form(), answers_, section);
}

std::optional<std::size_t> SurveyFlow::shown() const {
    const auto* answering = std::get_if<situation::Answering>(&state_);
    return answering ? std::optional(answering->section) : std::nullopt;
}

std::vector<std::size_t> SurveyFlow::sections() const {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < form().sections.size(); ++at)
        if (at == shown() || !questions(at).empty()) found.push_back(at);
    return found;
}

void SurveyFlow::setResident(std::shared_ptr<const identity::ResidentSession> resident) {
    resident_ = std::move(resident);
    const auto* waiting = std::get_if<situation::NeedsLogin>(&state_);
    if (!waiting || !resident_) return changed();
    if (waiting->again)
        moveTo(situation::Checking{});
    else
        moveTo(situation::Answering{0});
}

const form::Question* SurveyFlow::editable(const std::string& question) const {
    return shown() ? form().question(question) : nullptr;
}

void SurveyFlow::choose(const std::string& id, const std::string& option) {
    const auto* question = editable(id);
    if (!question || !question->option(option)) return;
    const bool had = answers_.chose(id, option), one = question->type == QuestionType::One;
    std::vector<std::string> chosen;
    for (const auto& each : question->options)
        if (each.id == option ? !had : !one && answers_.chose(id, each.id)) chosen.push_back(each.id);
    answers_.set(id, std::move(chosen));
    changed();
}

void SurveyFlow::setScale(const std::string& id, int value) {
    const auto* question = editable(id);
    if (!accepts(question, QuestionType::Scale) || value < question->least || value > question->most) return;
    const auto* had = answers_.number(id);
    if (had && *had == value)
        answers_.clear(id);
    else
        answers_.set(id, static_cast<double>(value));
    changed();
}

void SurveyFlow::setNumber(const std::string& id, std::string_view typed) {
    if (!accepts(editable(id), QuestionType::Number)) return;
    const auto number = form::readNumber(typed);
    answers_.clear(id);
    unreadable_.erase(id);
    if (number) answers_.set(id, *number);
    if (!number && !base::clean(typed).empty()) unreadable_.insert(id);
    changed();
}

void SurveyFlow::setText(const std::string& id, std::string_view text) {
    const auto* question = editable(id);
    if (!accepts(question, QuestionType::Text)) return;
    answers_.set(id,
                 base::SecretText(fit(base::clean(text, true), static_cast<std::size_t>(question->most))));
    changed();
}

/// What is no number is told as that, not as missing.
std::vector<form::Issue> SurveyFlow::issuesOf(std::size_t section) const {
    auto all = form::issues(form(), answers_, section);
    std::vector<form::Issue> found;
    for (const auto* question : questions(section)) {
        const auto wrong = std::ranges::find(all, question->id, &form::Issue::question);
        if (unreadable_.contains(question->id))
            found.push_back({question->id, form::Wrong::NotNumber});
        else if (wrong != all.end())
            found.push_back(*wrong);
    }
    return found;
}

bool SurveyFlow::moveTo(SurveyState state) {
    state_ = std::move(state);
    showIssues_ = false;
    issues_.clear();
    if (std::holds_alternative<situation::Checking>(state_)) backToCheck_ = false;
    changed();
    return true;
}

bool SurveyFlow::refuse(std::size_t section, std::vector<form::Issue> issues) {
    state_ = situation::Answering{section};
    issues_ = std::move(issues);
    showIssues_ = true;
    changed();
    return false;
}

bool SurveyFlow::next() {
    const auto section = shown();
    if (!section) return false;
    if (auto issues = issuesOf(*section); !issues.empty()) return refuse(*section, std::move(issues));
    const auto steps = sections();
    const auto after = std::ranges::upper_bound(steps, *section);
    if (backToCheck_ || after == steps.end()) return moveTo(situation::Checking{});
    return moveTo(situation::Answering{*after});
}

bool SurveyFlow::back() {
    const auto steps = sections();
    const auto* login = std::get_if<situation::NeedsLogin>(&state_);
    if ((login && login->again) || std::holds_alternative<situation::NoToken>(state_) ||
        std::holds_alternative<situation::KeepFailed>(state_))
        return moveTo(situation::Checking{});
    if (std::holds_alternative<situation::Checking>(state_))
        return !steps.empty() && moveTo(situation::Answering{steps.back()});
    const auto section = shown();
    if (!section) return false;
    if (backToCheck_) return moveTo(situation::Checking{});
    const auto here = std::ranges::lower_bound(steps, *section);
    return here != steps.begin() && moveTo(situation::Answering{*std::prev(here)});
}

void SurveyFlow::edit(std::size_t section) {
    if (!std::holds_alternative<situation::Checking>(state_) || section >= form().sections.size()) return;
    backToCheck_ = true;
    moveTo(situation::Answering{section});
}

void SurveyFlow::send() {
    const bool again = std::holds_alternative<situation::NoToken>(state_) ||
                       std::holds_alternative<situation::KeepFailed>(state_);
    if (!again && !std::holds_alternative<situation::Checking>(state_)) return;
    for (const auto section : sections())
        if (auto issues = issuesOf(section); !issues.empty()) {
            backToCheck_ = true;
            refuse(section, std::move(issues));
            return;
        }
    if (needsLogin() && !resident_) {
        moveTo(situation::NeedsLogin{true});
        return;
    }
    // Before a token is spent on it. What looks like one character may be many bytes.
    if (answers_.toJson(form()).reveal().size() > form::Form::kMaxAnswerBytes) {
        moveTo(situation::KeepFailed{{ProblemKind::TooLarge}});
        return;
    }
    if (token_.text.empty()) token_.makePlain();
    if (needsToken() && token_.proof.empty())
        ask();
    else
        keep();
}

void SurveyFlow::ask() {
    if (!resident_->tokenIsGood(clock_.boot())) {
        moveTo(situation::NeedsLogin{true});
        return;
    }
    if (!token_.asked) {
        const auto& text = token_.text.reveal();
        token_.asked = std::make_shared<crypto::voprf::Blinded>(
            crypto::voprf::blind(base::SecretBytes(*crypto::fromBase64Url(text))));
    }
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), survey = settings_.survey,
                           resident = resident_, asked = token_.asked, service = services_.token] {
        auto proof = std::make_shared<Result<base::SecretText>>(
            askFor(survey, resident->accessToken, *asked, service));
        ui.onUi(token, [this, proof] { this->asked(std::move(*proof)); });
    });
    moveTo(situation::Asking{});
}

void SurveyFlow::asked(Result<base::SecretText> proof) {
    if (proof) {
        token_.proof = std::move(*proof);
        keep();
    } else if (proof.error().kind == ProblemKind::Conflict) {
        moveTo(situation::AlreadyAnswered{});
    } else if (proof.error().kind == ProblemKind::Unauthorized) {
        moveTo(situation::NeedsLogin{true});
    } else {
        moveTo(situation::NoToken{proof.error()});
    }
}

/// STANDARDS 14: an answer without a name tells the hour, and nothing of who was logged in.
void SurveyFlow::keep() {
    const bool isSigned = form().identity == form::Identity::Signed;
    wire::SurveyAnswer answer{.survey = settings_.survey,
                              .formHash = form::hashOf(settings_.formJson),
                              .language = settings_.language,
                              .token = token_.text.copy(),
                              .proof = token_.proof.copy()};
    if (isSigned) answer.subject = resident_->subject.copy();
    if (isSigned) answer.name = resident_->name.copy();
    answer.answersJson = answers_.toJson(form());
    auto action = std::make_shared<outbox::NewAction>();
    action->kind = wire::SurveyAnswer::kKind;
    action->createdAt = base::toRfc3339(isSigned ? clock_.wall() : base::coarseToHour(clock_.wall()));
    action->fieldsJson = answer.toJson();
    scheduler_.background(
        [this, &ui = scheduler_, token = lifetime_.token(), outbox = services_.outbox, action] {
            const auto result = outbox->keep(*action);
            ui.onUi(token, [this, result] { kept(result); });
        });
    moveTo(situation::Keeping{});
}

void SurveyFlow::kept(const Result<outbox::Outbox::Kept>& result) {
    if (!result) {
        moveTo(situation::KeepFailed{result.error()});
        return;
    }
    answers_.clear();
    unreadable_.clear();
    token_ = {};
    moveTo(situation::Done{result->at});
}

void SurveyFlow::changed() {
    if (const auto section = shown(); section && showIssues_) issues_ = issuesOf(*section);
    if (onChange) onChange();
}

}  // namespace tram::survey
