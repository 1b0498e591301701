#pragma once
#include <filesystem>
#include <set>

#include "feedback/PhonePictures.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// The view that says why a picture was not taken.
inline constexpr const char* kPictureProblem = "why.picture";

/// The head of a step's page.
kit::ViewRef stepTitle(const Host& host, feedback::Step step, const char* key);

/// A report from choosing its field to the receipt. One class, because the six steps share one flow and its
/// text fields; one Feedback…Page.cpp for each situation a person can be in.
class FeedbackScreen final : public Screen {
  public:
    /// `cardName`: of a card that was shown before; empty when none was.
    FeedbackScreen(Host& host, wire::FeedbackFields fields, base::SecretText cardName = {});
    std::string name() const override;
    Page render() override;
    bool back() override;
    bool scanned(identity::Scanned& read) override;
    bool waitsFor(const identity::Scanned& read) const override;

    feedback::FeedbackFlow& flow() { return flow_; }  ///< for the tour
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Feedback; }
    std::optional<base::SecretText> draft() const override;
    /// What was being written before (assist/AssistedDrafts.h); its consent is asked for anew.
    void restore(const feedback::Draft& before);
    /// Papers that staff have captured, before the report is begun; as FeedbackFlow::attachPapers.
    bool attachPapers(base::SecretBytes pdf, int pages) { return flow_.attachPapers(std::move(pdf), pages); }
    const feedback::PhonePictures* fromPhone() const { return fromPhone_.get(); }

  private:
    using EditRef = std::shared_ptr<kit::TextEdit>;

    // FeedbackFieldPage, FeedbackTextPage, FeedbackPlacePage, FeedbackPicturesPage, FeedbackWhoPage,
    // FeedbackCheckPage
    Page fieldPage();
    Page textPage();
    Page placePage();
    Page picturesPage();
    Page whoPage();
    Page checkPage();
    Page phonePage();  // FeedbackPhonePage, beside FeedbackPicturesPage
    Page phoneCodePage(const feedback::phone::Showing& showing);
    Page phoneOverPage(const feedback::phone::Over& over);
    // FeedbackOutcomePages, ReceiptPage
    Page keepingPage();
    Page keepFailedPage(const base::Problem& problem);
    Page receiptPage(const feedback::Receipt& receipt);

    void flowChanged();
    kit::ViewRef stepTitle(feedback::Step step, const char* key) const {
        return screens::stepTitle(host_, step, key);
    }
    kit::ButtonOptions nextButton();
    std::string issueText(std::initializer_list<feedback::Issue> any) const;  ///< "" when none of them
    kit::ViewRef wardResults();
    kit::ViewRef wardRow(const content::Ward& ward, const std::string& detail);
    kit::ViewRef chosenPictures();
    kit::ViewRef papers(bool removable);  ///< null where none are attached
    kit::ViewRef pictureSources();
    bool roomForPictures() const;
    kit::ViewRef cameraOffer();
    kit::ViewRef pictureOffers();
    void openCamera();
    kit::ViewRef phoneOffer();
    kit::ViewRef phoneWait(const feedback::phone::Showing& showing) const;
    void openPhone();
    void leavePhone();
    bool chosen(const std::filesystem::path& file) const;
    void choose(const std::filesystem::path& file);
    void loadPreviews();
    kit::ViewRef consent();
    std::string consentText() const;
    void giveConsent(bool given);
    void disclose(wire::Disclosure disclosure);
    kit::ViewRef contactFields();
    kit::ViewRef loginOffer();
    void loggedIn();
    void useCard(const identity::CitizenCard& card);
    void showContact();  ///< in the fields, what the flow has filled in
    kit::ViewRef checkRow(const char* key, const std::string& value, feedback::Step step);
    std::string placeText() const;
    std::string whoText() const;

    Host& host_;
    feedback::FeedbackFlow flow_;
    EditRef text_, search_, address_, landmark_, name_, phone_, email_;
    struct Preview {
        std::filesystem::path file;
        std::shared_ptr<const std::string> thumbnail;  ///< null until tram-camera has made it
    };
    std::vector<Preview> previews_;
    std::set<std::filesystem::path> asked_;  ///< chosen while nothing else was being prepared, or since
    bool previewsAsked_ = false;
    bool kept_ = false, seen_ = false;  ///< the receipt is there; it has been there long enough to be read
    std::unique_ptr<feedback::PhonePictures> fromPhone_;  ///< once it was asked for
    bool onPhone_ = false;                                ///< its page is on show
    bool pictureProblem_ = false;                         ///< brought into sight
    base::Lifetime lifetime_;
};

/// Begins a report, or says why that is not possible yet.
void openFeedback(Host& host, base::SecretText cardName = {});

}  // namespace tram::screens
