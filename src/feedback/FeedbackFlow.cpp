#include "feedback/FeedbackFlow.h"

#include <algorithm>
#include <array>

#include "base/VietnameseText.h"
#include "feedback/KeepReport.h"
#include "feedback/ReceiptFollower.h"

namespace tram::feedback {

using base::SecretText;
using wire::Disclosure;

/// Characters as a person counts them, and bytes as the wire bounds them.
struct FeedbackFlow::TextLimit {
    std::size_t characters, bytes;
};

namespace {

constexpr std::size_t kTextBytes = 64 * 1024;

constexpr struct {
    std::size_t characters, bytes;
} kNameLimit{100, 512};

Step after(Step step) {
    return static_cast<Step>(static_cast<int>(step) + 1);
}
Step before(Step step) {
    return static_cast<Step>(static_cast<int>(step) - 1);
}

template <class Limit>
std::string fit(std::string_view text, const Limit& limit) {
    std::string kept = base::firstCharacters(text, limit.characters);
    for (std::size_t most = limit.characters; kept.size() > limit.bytes;)
        kept = base::firstCharacters(kept, most /= 2);
    while (!kept.empty() && (kept.back() == ' ' || kept.back() == '\n')) kept.pop_back();
    return kept;
}

bool endsSentence(std::string_view text) {
    constexpr std::array<std::string_view, 4> kMarks = {".", "!", "?", "…"};
    return std::any_of(kMarks.begin(), kMarks.end(),
                       [&](std::string_view mark) { return text.ends_with(mark); });
}

std::string asSentence(std::string text) {
    return endsSentence(text) ? text : text + ".";
}

}  // namespace

FeedbackFlow::FeedbackFlow(Settings settings, Services services, base::Scheduler& scheduler,
                           const base::Clock& clock)
    : settings_(std::move(settings)), services_(std::move(services)), scheduler_(scheduler), clock_(clock) {}

FeedbackFlow::~FeedbackFlow() = default;

const wire::FeedbackField* FeedbackFlow::field() const {
    const auto& fields = settings_.fields.fields;
    const auto chosen = std::find_if(fields.begin(), fields.end(),
                                     [&](const auto& field) { return field.id == draft_.fieldId; });
    return chosen == fields.end() ? nullptr : &*chosen;
}

void FeedbackFlow::setLanguage(std::string language) {
    settings_.language = std::move(language);
    changed();
}

void FeedbackFlow::setResident(std::shared_ptr<const identity::ResidentSession> resident) {
    resident_ = std::move(resident);
    if (editing()) fillContact();
    changed();
}

void FeedbackFlow::setCardName(SecretText name) {
    cardName_ = SecretText(fit(name.reveal(), kNameLimit));
    if (editing()) fillContact();
    changed();
}

/// What the resident has written themselves stays.
void FeedbackFlow::fillContact() {
    const bool signs = draft_.disclosure && *draft_.disclosure != Disclosure::Anonymous;
    if (!signs) return;
    if (draft_.name.empty()) draft_.name = cardName_.copy();
    if (!resident_) return;
    if (draft_.name.empty()) draft_.name = SecretText(fit(resident_->name.reveal(), kNameLimit));
    const bool reachable = !draft_.phone.empty() || !draft_.email.empty();
    if (!reachable && plausiblePhone(resident_->phone.reveal())) draft_.phone = resident_->phone.copy();
}

void FeedbackFlow::chooseField(std::string id) {
    if (!editing()) return;
    draft_.fieldId = std::move(id);
    if (!at(Step::Field) || !next()) changed();
}

void FeedbackFlow::setText(std::string_view text) {
    if (!editing()) return;
    const std::string cleaned = base::clean(text, true);
    const TextLimit limit{static_cast<std::size_t>(settings_.fields.maxCharacters), kTextBytes};
    draft_.text = SecretText(fit(cleaned, limit));
    textCut_ = draft_.text.reveal().size() < cleaned.size();
    changed();
}

void FeedbackFlow::addSentence(std::size_t index) {
    const auto* chosen = field();
    if (!editing() || !chosen || index >= chosen->sentences.size()) return;
    const std::string sentence = asSentence(chosen->sentences[index].in(settings_.language));
    const std::string& text = draft_.text.reveal();
    if (text.find(sentence) != std::string::npos) return;
    const std::string both = text.empty() ? sentence : asSentence(text) + " " + sentence;
    if (base::characters(both) <= static_cast<std::size_t>(settings_.fields.maxCharacters)) setText(both);
}

void FeedbackFlow::setWard(std::string code) {
    if (!editing()) return;
    draft_.wardCode = std::move(code);
    changed();
}

void FeedbackFlow::put(SecretText& where, std::string_view typed, const TextLimit& limit) {
    if (!editing()) return;
    where = SecretText(fit(base::clean(typed), limit));
    changed();
}

void FeedbackFlow::putPersonal(SecretText& where, std::string_view typed, const TextLimit& limit) {
    if (draft_.disclosure != Disclosure::Anonymous) put(where, typed, limit);
}

void FeedbackFlow::setAddress(std::string_view text) {
    put(draft_.address, text, {200, 2048});
}
void FeedbackFlow::setLandmark(std::string_view text) {
    put(draft_.landmark, text, {200, 2048});
}
void FeedbackFlow::setName(std::string_view text) {
    putPersonal(draft_.name, text, {kNameLimit.characters, kNameLimit.bytes});
}
void FeedbackFlow::setPhone(std::string_view text) {
    putPersonal(draft_.phone, text, {30, 120});
}
void FeedbackFlow::setEmail(std::string_view text) {
    putPersonal(draft_.email, text, {254, 512});
}

void FeedbackFlow::setDisclosure(Disclosure disclosure) {
    if (!editing() || (disclosure == Disclosure::Anonymous && !anonymousAllowed())) return;
    // Consent was given to other data and purposes; it is asked for anew (Luật 91/2025/QH15).
    if (draft_.disclosure && draft_.disclosure != disclosure) draft_.consent = false;
    if (draft_.disclosure != disclosure) {  // other questions now: nothing is missed yet
        showIssues_ = false;
        issues_.clear();
    }
    draft_.disclosure = disclosure;
    if (disclosure == Disclosure::Anonymous)
        for (auto* personal : {&draft_.name, &draft_.phone, &draft_.email}) personal->clear();
    fillContact();
    changed();
}

void FeedbackFlow::setConsent(bool given, std::string textVersion) {
    if (!editing()) return;
    draft_.consent = given;
    draft_.consentVersion = std::move(textVersion);
    consentAt_ = clock_.wall();
    changed();
}

bool FeedbackFlow::at(Step step) const {
    const auto* editing = std::get_if<situation::Editing>(&state_);
    return editing && editing->step == step;
}

void FeedbackFlow::moveTo(Step step) {
    state_ = situation::Editing{step};
    showIssues_ = false;
    issues_.clear();
    pictureProblem_.reset();
    if (step == Step::Check) backToCheck_ = false;
    changed();
}

bool FeedbackFlow::refuse(std::vector<Issue> issues) {
    issues_ = std::move(issues);
    showIssues_ = true;
    changed();
    return false;
}

void FeedbackFlow::restore(const Draft& before) {
    if (!at(Step::Field)) return;
    setText(before.text.reveal());
    setWard(before.wardCode);
    setAddress(before.address.reveal());
    setLandmark(before.landmark.reveal());
    if (before.disclosure) setDisclosure(*before.disclosure);
    if (draft_.disclosure) {  // Anonymous takes none of them
        setName(before.name.reveal());
        setPhone(before.phone.reveal());
        setEmail(before.email.reveal());
    }
    for (const auto& picture : before.pictures)
        addPicture(DraftPicture{"", picture.jpeg.copy(), picture.thumbnail.copy()});
    chooseField(before.fieldId);
    while (!at(Step::Check) && check(std::get<situation::Editing>(state_).step).empty() && next()) {
    }
}

bool FeedbackFlow::next() {
    if (!editing() || at(Step::Check)) return false;
    const Step step = std::get<situation::Editing>(state_).step;
    if (auto issues = check(step); !issues.empty()) return refuse(std::move(issues));
    moveTo(backToCheck_ ? Step::Check : after(step));
    return true;
}

bool FeedbackFlow::back() {
    const bool failed = std::holds_alternative<situation::KeepFailed>(state_);
    if (!failed && (!editing() || (at(Step::Field) && !backToCheck_))) return false;
    moveTo(failed || backToCheck_ ? Step::Check : before(std::get<situation::Editing>(state_).step));
    return true;
}

void FeedbackFlow::edit(Step step) {
    if (!at(Step::Check) && !std::holds_alternative<situation::KeepFailed>(state_)) return;
    backToCheck_ = true;
    moveTo(step);
}

std::vector<Issue> FeedbackFlow::checkWho() const {
    std::vector<Issue> issues;
    const bool needsPerson = draft_.disclosure && *draft_.disclosure != Disclosure::Anonymous;
    if (!draft_.disclosure) issues.push_back(Issue::WhoMissing);
    if (needsPerson && draft_.name.empty()) issues.push_back(Issue::NameMissing);
    if (needsPerson && draft_.phone.empty() && draft_.email.empty()) issues.push_back(Issue::ContactMissing);
    if (!draft_.phone.empty() && !plausiblePhone(draft_.phone.reveal()))
        issues.push_back(Issue::PhoneInvalid);
    if (!draft_.email.empty() && !plausibleEmail(draft_.email.reveal()))
        issues.push_back(Issue::EmailInvalid);
    if (!draft_.consent) issues.push_back(Issue::ConsentMissing);
    return issues;
}

std::vector<Issue> FeedbackFlow::check(Step step) const {
    const auto characters = static_cast<int>(base::characters(draft_.text.reveal()));
    std::vector<Issue> issues;
    switch (step) {
        case Step::Field:
            if (!field()) issues.push_back(Issue::FieldMissing);
            break;
        case Step::Text:
            if (characters < settings_.fields.minCharacters) issues.push_back(Issue::TextTooShort);
            if (textCut_) issues.push_back(Issue::TextTooLong);
            break;
        case Step::Place:
            if (draft_.wardCode.empty()) issues.push_back(Issue::WardMissing);
            break;
        case Step::Pictures:
            break;
        case Step::Who:
            return checkWho();
        case Step::Check:
            for (Step earlier = Step::Field; earlier != Step::Check; earlier = after(earlier))
                for (const Issue issue : check(earlier)) issues.push_back(issue);
            break;
    }
    return issues;
}

void FeedbackFlow::changed() {
    if (const auto* editing = std::get_if<situation::Editing>(&state_); editing && showIssues_)
        issues_ = check(editing->step);
    if (onChange) onChange();
}

}  // namespace tram::feedback
