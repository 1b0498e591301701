#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <variant>
#include <vector>

#include "base/Scheduler.h"
#include "base/TrackingCode.h"
#include "feedback/Draft.h"
#include "feedback/Receipt.h"
#include "identity/ResidentSession.h"
#include "outbox/Outbox.h"
#include "wire/FeedbackFields.h"

namespace tram::feedback {

class ReceiptFollower;
struct KeptReport;

enum class Step { Field = 1, Text, Place, Pictures, Who, Check };
constexpr int kSteps = 6;

namespace situation {
struct Editing {
    Step step;
};
struct Keeping {};  ///< being sealed and written; seconds at most
struct KeepFailed {
    base::Problem problem;
};  ///< nothing was recorded; the draft is still whole
struct Kept {};  ///< receipt() holds it; of the draft only field, place and disclosure are left
}  // namespace situation
using FeedbackState =
    std::variant<situation::Editing, situation::Keeping, situation::KeepFailed, situation::Kept>;

/// One resident's report from choosing a field to the receipt. All functions on the UI thread.
class FeedbackFlow {
  public:
    struct Settings {
        wire::FeedbackFields fields;
        std::string homeWard;  ///< this station's ward, offered first
        std::string language;
        std::string phoneBaseUrl;  ///< EnrolmentAnswer::publicUrl
    };
    /// Both are called in the background and may block.
    struct Services {
        std::shared_ptr<outbox::Outbox> outbox;
        std::function<base::Result<DraftPicture>(const std::filesystem::path&)> preparePicture;
        /// Of bytes that came from a phone.
        std::function<base::Result<DraftPicture>(const base::SecretBytes&)> prepareBytes;
        std::function<base::Result<wire::FeedbackStatus>(const std::string& code,
                                                         const base::SecretText& secret)>
            status;
    };
    FeedbackFlow(Settings settings, Services services, base::Scheduler& scheduler, const base::Clock& clock);
    ~FeedbackFlow();

    std::function<void()> onChange;
    const FeedbackState& state() const { return state_; }
    const Draft& draft() const { return draft_; }
    const wire::FeedbackFields& fields() const { return settings_.fields; }
    const wire::FeedbackField* field() const;  ///< the chosen one
    const Receipt* receipt() const { return receipt_ ? &*receipt_ : nullptr; }
    /// Issues of the present step; empty until next() or send() was refused, then kept up to date while
    /// editing.
    const std::vector<Issue>& issues() const { return issues_; }
    bool anonymousAllowed() const { return settings_.fields.anonymousAllowed; }
    int pictureBusy() const { return pictureBusy_; }  ///< being prepared
    const std::optional<base::Problem>& pictureProblem() const { return pictureProblem_; }

    void setLanguage(std::string language);
    /// Who has logged in, before or in the middle of a report: name and phone fill what stands empty as soon
    /// as a way of signing with a name is chosen, and the sealed report says whose it is. *Không ghi tên*
    /// takes nothing of it.
    void setResident(std::shared_ptr<const identity::ResidentSession> resident);
    /// A card was shown: its name, before what a login knows, fills what stands empty in the same way. It is
    /// nobody's word on who sends.
    void setCardName(base::SecretText name);
    const identity::ResidentSession* resident() const { return resident_.get(); }
    void chooseField(std::string id);     ///< goes on to Text
    void setText(std::string_view text);  ///< beyond maxCharacters it is cut, and TextTooLong until set again
    void addSentence(std::size_t index);  ///< of field(), as a sentence of its own; once, and only if it fits
    void setWard(std::string code);
    void setAddress(std::string_view text);
    void setLandmark(std::string_view text);
    void addPicture(std::filesystem::path file);  ///< TooManyPictures, or what preparePicture says
    /// The same with a phone's bytes. `told` hears once whether it is in the report, unless we are gone
    /// first.
    void addPicture(base::Result<base::SecretBytes> foreign, std::function<void(bool used)> told);
    void addPicture(DraftPicture prepared);  ///< one that the station's own camera took
    void removePicture(const std::string& id);
    /// Papers that were captured beside the report, as one PDF; in the place of those attached before. False
    /// while nothing is edited, or for what is no PDF of 1 to 60 pages and 24 MiB.
    bool attachPapers(base::SecretBytes pdf, int pages);
    void removePapers();
    void setDisclosure(
        wire::Disclosure disclosure);  ///< Anonymous drops name, phone, email; another one, the consent
    void setName(std::string_view text);
    void setPhone(std::string_view text);
    void setEmail(std::string_view text);
    /// `textVersion` names the very words shown (language and hash); recorded with the report.
    /// Falls again when another disclosure is chosen.
    void setConsent(bool given, std::string textVersion);

    /// On the first page: goes on with what somebody had said before, at the first step that lacks something.
    /// By the same rules as if it were typed anew; consent is asked for again.
    void restore(const Draft& before);

    bool next();           ///< false, with issues(), when the step is not complete
    bool back();           ///< false on the first step; from KeepFailed to Check
    void edit(Step step);  ///< from Check or KeepFailed: to a step; next() and back() then lead back to Check
    void send();           ///< from Check: Keeping (pictures under way are waited for) → Kept or KeepFailed
    void retry() { send(); }  ///< from KeepFailed

  private:
    struct TextLimit;
    std::vector<Issue> check(Step step) const;
    std::vector<Issue> checkWho() const;
    bool editing() const { return std::holds_alternative<situation::Editing>(state_); }
    bool at(Step step) const;
    void moveTo(Step step);
    bool refuse(std::vector<Issue> issues);
    void put(base::SecretText& where, std::string_view typed, const TextLimit& limit);
    void putPersonal(base::SecretText& where, std::string_view typed, const TextLimit& limit);
    void fillContact();
    void changed();
    template <class Prepare>
    void addPrepared(Prepare prepare, std::function<void(bool used)> told = nullptr);
    void pictureReady(const std::string& id, base::Result<DraftPicture> picture);
    void keep();
    void kept(KeptReport report);
    void followReceipt(const KeptReport& report);

    Settings settings_;
    Services services_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    FeedbackState state_ = situation::Editing{Step::Field};
    Draft draft_;
    std::shared_ptr<const identity::ResidentSession> resident_;
    base::SecretText cardName_;
    std::vector<Issue> issues_;
    bool showIssues_ = false, backToCheck_ = false;
    bool textCut_ = false;  // what was typed last went over the limit
    std::optional<base::WallTime> consentAt_;
    int pictureBusy_ = 0, pictureCount_ = 0;
    std::optional<base::Problem> pictureProblem_;
    std::optional<Receipt> receipt_;
    std::unique_ptr<ReceiptFollower> follower_;
    base::Lifetime lifetime_;
};

}  // namespace tram::feedback
