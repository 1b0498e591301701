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
constexpr const char* kRoom = "survey_room";

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
      state_(isOver()       ? SurveyState(situation::Over{})
             : needsLogin() ? SurveyState(situation::NeedsLogin{})
                            : SurveyState(situation::Answering{0})) {}

SurveyFlow::~SurveyFlow() = default;

bool SurveyFlow::needsLogin() const {
    return form().identity == form::Identity::Signed || form().once;
}
/// The day in Ho Chi Minh City; a list leaves out what is over, but a page may stand there past midnight.
bool SurveyFlow::isOver() const {
    return !settings_.until.empty() && settings_.until < base::toRfc3339(clock_.wall()).substr(0, 10);
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
    left_.clear();
    for (const auto* question : questions(section)) left_.insert(question->id);
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
    sendNow();
}

void SurveyFlow::sendNow() {
    if (isOver()) {
        moveTo(situation::Over{});
        return;
    }
    // Before a token is spent on it. What looks like one character may be many bytes.
    if (answers_.toJson(form()).reveal().size() > form::Form::kMaxAnswerBytes) {
        moveTo(situation::KeepFailed{{ProblemKind::TooLarge}});
        return;
    }
    pressed_ = clock_.wall();
    if (token_.text.empty()) token_.makePlain();
    if (needsToken() && token_.proof.empty())
        ask();
    else
        keep();
}

/// What background work needs of an answer; nothing of the flow, which may be gone by then.
struct SurveyFlow::Sending {
    std::shared_ptr<outbox::Outbox> outbox;
    wire::SurveyAnswer answer;
    std::string createdAt;

    /// A token is spent for good: not for what could not be written down afterwards. Twice what is sealed,
    /// and a page; what is let go of the store uses next.
    Result<void> makeRoom() const {
        auto& store = outbox->store();
        const auto most = 2 * answer.answersJson.reveal().size() + 4'096;
        if (auto written = store.setNote(kRoom, std::string(most, '0')); !written) return written;
        return store.setNote(kRoom, "");
    }
    Result<outbox::Outbox::Kept> keep() const {
        outbox::NewAction action;
        action.kind = wire::SurveyAnswer::kKind;
        action.createdAt = createdAt;
        action.fieldsJson = answer.toJson();
        return outbox->keep(action);
    }
};

struct SurveyFlow::Sent {
    std::optional<base::Problem> refused;  ///< no token
    base::SecretText proof;
    std::optional<Result<outbox::Outbox::Kept>> kept;  ///< there, unless it was refused
};

/// STANDARDS 14: an answer without a name tells the hour, and nothing of who was logged in.
std::shared_ptr<SurveyFlow::Sending> SurveyFlow::sending() const {
    const bool isSigned = form().identity == form::Identity::Signed;
    auto sending = std::make_shared<Sending>();
    sending->outbox = services_.outbox;
    sending->createdAt = base::toRfc3339(isSigned ? pressed_ : base::coarseToHour(pressed_));
    auto& answer = sending->answer;
    answer.survey = settings_.survey;
    answer.formHash = form::hashOf(settings_.formJson);
    answer.language = settings_.language;
    answer.token = token_.text.copy();
    answer.proof = token_.proof.copy();
    if (isSigned) answer.subject = resident_->subject.copy();
    if (isSigned) answer.name = resident_->name.copy();
    answer.answersJson = answers_.toJson(form());
    return sending;
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
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), sending = sending(),
                           resident = resident_, asked = token_.asked, service = services_.token] {
        auto sent = std::make_shared<Sent>();
        if (const auto room = sending->makeRoom(); !room) {
            sent->kept = tl::unexpected(room.error());
        } else if (auto proof = askFor(sending->answer.survey, resident->accessToken, *asked, service)) {
            sent->proof = proof->copy();
            sending->answer.proof = std::move(*proof);
            sent->kept = sending->keep();
        } else {
            sent->refused = proof.error();
        }
        ui.onUi(token, [this, sent] { this->asked(std::move(*sent)); });
    });
    moveTo(situation::Asking{});
}

void SurveyFlow::asked(Sent sent) {
    if (sent.refused) return refused(*sent.refused);
    token_.proof = std::move(sent.proof);
    kept(*sent.kept);
}

void SurveyFlow::refused(const base::Problem& problem) {
    // NotFound: it asks for no token any more, in a form that this station has not got yet.
    if (problem.kind == ProblemKind::Expired || problem.kind == ProblemKind::NotFound)
        moveTo(situation::Over{});
    else if (problem.kind == ProblemKind::Conflict)
        moveTo(situation::AlreadyAnswered{});
    else if (problem.kind == ProblemKind::Unauthorized)
        moveTo(situation::NeedsLogin{true});
    else
        moveTo(situation::NoToken{problem});
}

void SurveyFlow::keep() {
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), sending = sending()] {
        const auto result = sending->keep();
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
    if (const auto section = shown(); section && showIssues_) {
        issues_ = issuesOf(*section);
        std::erase_if(issues_, [this](const form::Issue& issue) {
            return issue.wrong == form::Wrong::Missing && !left_.contains(issue.question);
        });
    }
    if (onChange) onChange();
}

}  // namespace tram::survey
