#include "ui/screens/FeedbackScreen.h"

#include <algorithm>

#include "assist/ReportDraft.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemScreen.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using feedback::Step;
namespace situation = feedback::situation;

namespace {

/// How long a receipt stands before it can be left.
constexpr base::Millis kReadable{2000};

std::shared_ptr<TextEdit> edit(const Host& host, std::size_t limit, Accept accept, bool multiline = false) {
    const auto style = host.services().config.newToneStyle ? typing::ToneStyle::New : typing::ToneStyle::Old;
    return std::make_shared<TextEdit>(TextEdit::Options{
        .limit = limit, .multiline = multiline, .accept = accept, .typing = {.toneStyle = style}});
}

/// Where on the page an issue is shown.
const char* viewOf(feedback::Issue issue) {
    using feedback::Issue;
    switch (issue) {
        case Issue::FieldMissing:
            return "page.field";
        case Issue::TextTooShort:
        case Issue::TextTooLong:
            return "text";
        case Issue::WardMissing:
            return "ward.search";
        case Issue::WhoMissing:
            return "who.named";
        case Issue::NameMissing:
            return "name";
        case Issue::ContactMissing:
        case Issue::PhoneInvalid:
            return "phone";
        case Issue::EmailInvalid:
            return "email";
        case Issue::ConsentMissing:
            break;
    }
    return "consent";
}

feedback::FeedbackFlow::Settings settings(const Host& host, wire::FeedbackFields fields) {
    const auto& station = host.services().station;
    return {.fields = std::move(fields),
            .homeWard = station.wardCode,
            .language = host.session().language,
            .phoneBaseUrl = station.publicUrl};
}

}  // namespace

FeedbackScreen::FeedbackScreen(Host& host, wire::FeedbackFields fields, base::SecretText cardName)
    : host_(host),
      flow_(settings(host, std::move(fields)),
            {host.services().outbox, host.services().preparePicture, host.services().prepareBytes,
             host.services().status},
            host.services().scheduler, host.services().clock),
      text_(edit(host, static_cast<std::size_t>(flow_.fields().maxCharacters), Accept::Text, true)),
      search_(edit(host, 60, Accept::Text)),
      address_(edit(host, 200, Accept::Text)),
      landmark_(edit(host, 200, Accept::Text)),
      name_(edit(host, 100, Accept::Text)),
      phone_(edit(host, 20, Accept::Number)),
      email_(edit(host, 254, Accept::Email)) {
    flow_.setWard(
        host.services().station.wardCode);  // where the kiosk stands is where most reports are about
    flow_.setResident(host.session().resident);
    flow_.setCardName(std::move(cardName));
    flow_.onChange = [this] { flowChanged(); };
    text_->onChange = [this] { flow_.setText(text_->text()); };
    search_->onChange = [this] { host_.reveal("ward.search"); };
    address_->onChange = [this] { flow_.setAddress(address_->text()); };
    landmark_->onChange = [this] { flow_.setLandmark(landmark_->text()); };
    name_->onChange = [this] { flow_.setName(name_->text()); };
    phone_->onChange = [this] { flow_.setPhone(phone_->text()); };
    email_->onChange = [this] { flow_.setEmail(email_->text()); };
}

std::optional<base::SecretText> FeedbackScreen::draft() const {
    const auto& draft = flow_.draft();
    const bool kept = std::holds_alternative<situation::Kept>(flow_.state());
    if (kept || (draft.text.empty() && draft.pictures.empty())) return std::nullopt;
    return assist::toText(draft);
}

void FeedbackScreen::restore(const feedback::Draft& before) {
    flow_.restore(before);
    const auto& draft = flow_.draft();
    text_->set(draft.text.reveal());
    address_->set(draft.address.reveal());
    landmark_->set(draft.landmark.reveal());
    name_->set(draft.name.reveal());
    phone_->set(draft.phone.reveal());
    email_->set(draft.email.reveal());
}

void FeedbackScreen::flowChanged() {
    const bool problem = flow_.pictureProblem().has_value();
    if (problem && !pictureProblem_) host_.reveal(kPictureProblem);
    pictureProblem_ = problem;
    // Kept: from now on only the sealed copy holds the words.
    if (std::holds_alternative<situation::Kept>(flow_.state()) && !kept_) {
        kept_ = true;
        for (const auto& field : {text_, search_, address_, landmark_, name_, phone_, email_}) field->clear();
        host_.services().scheduler.after(kReadable, lifetime_.token(), [this] {
            seen_ = true;
            host_.refresh();
        });
    }
    host_.refresh();
}

std::string FeedbackScreen::name() const {
    const auto& state = flow_.state();
    if (std::holds_alternative<situation::Keeping>(state)) return "feedback_keeping";
    if (std::holds_alternative<situation::KeepFailed>(state)) return "feedback_problem";
    if (std::holds_alternative<situation::Kept>(state)) return "receipt";
    switch (std::get<situation::Editing>(state).step) {
        case Step::Field:
            return "feedback_field";
        case Step::Text:
            return "feedback_text";
        case Step::Place:
            return "feedback_place";
        case Step::Pictures:
            return onPhone_ ? "feedback_phone" : "feedback_pictures";
        case Step::Who:
            return "feedback_who";
        case Step::Check:
            break;
    }
    return "feedback_check";
}

Page FeedbackScreen::render() {
    const auto& state = flow_.state();
    if (std::holds_alternative<situation::Keeping>(state)) return keepingPage();
    if (const auto* failed = std::get_if<situation::KeepFailed>(&state))
        return keepFailedPage(failed->problem);
    if (std::holds_alternative<situation::Kept>(state)) return receiptPage(*flow_.receipt());
    switch (std::get<situation::Editing>(state).step) {
        case Step::Field:
            return fieldPage();
        case Step::Text:
            return textPage();
        case Step::Place:
            return placePage();
        case Step::Pictures:
            return onPhone_ ? phonePage() : picturesPage();
        case Step::Who:
            return whoPage();
        case Step::Check:
            break;
    }
    return checkPage();
}

bool FeedbackScreen::back() {
    if (onPhone_) {
        leavePhone();
        return true;
    }
    return flow_.back();
}

ViewRef stepTitle(const Host& host, Step step, const char* key) {
    const int at = static_cast<int>(step);
    return stepper({.title = host.tr(key),
                    .label = host.tr("step.label", {{"step", std::to_string(at)},
                                                    {"steps", std::to_string(feedback::kSteps)}}),
                    .done = at,
                    .total = feedback::kSteps});
}

ButtonOptions FeedbackScreen::nextButton() {
    return primary("next", host_.tr("action.next"), "arrow_forward", [this] {
        if (flow_.next())
            host_.leaveField();
        else
            host_.reveal(viewOf(flow_.issues().front()));
    });
}

std::string FeedbackScreen::issueText(std::initializer_list<feedback::Issue> any) const {
    const auto& issues = flow_.issues();
    const auto found = std::find_first_of(issues.begin(), issues.end(), any.begin(), any.end());
    if (found == issues.end()) return {};
    return host_.tr(
        "issue." + std::string(feedback::name(*found)),
        {{"min", std::to_string(flow_.fields().minCharacters)},
         {"max", number(static_cast<std::size_t>(flow_.fields().maxCharacters), host_.session().language)}});
}

void openFeedback(Host& host, base::SecretText cardName) {
    auto fields = host.services().fields();
    if (fields)
        return host.open(std::make_unique<FeedbackScreen>(host, std::move(*fields), std::move(cardName)));
    auto name = std::make_shared<base::SecretText>(std::move(cardName));
    host.open(std::make_unique<ProblemScreen>(host, fields.error(), [&host, name] {
        host.back();
        openFeedback(host, name->copy());
    }));
}

}  // namespace tram::screens
