#pragma once
#include "identity/Slip.h"
#include "ui/screens/CameraLook.h"

namespace tram::screens {

/// *Quét*, wherever something can be held up, typed or read by a hand scanner: what the camera sees, and one
/// page for each thing that was read. A report's code leads on to FollowScreen by itself.
class ScanScreen final : public Screen {
  public:
    using OnCard = std::function<void(const identity::CitizenCard&)>;
    /// `onCard`: a form waits for a card's name, and it is back there by then; without it the card begins a
    /// report.
    explicit ScanScreen(Host& host, OnCard onCard = nullptr);
    /// Of a hand scanner: what was read stands there at once.
    ScanScreen(Host& host, identity::Scanned read, OnCard onCard = nullptr);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::LookUp; }
    bool back() override;
    bool scanned(identity::Scanned& read) override;
    void covered(bool over) override;

  private:
    Page lookingPage();
    Page typingPage();
    Page problemPage(const base::Problem& problem);
    // ScanOutcomePages
    Page readPage();
    Page cardPage(const identity::CitizenCard& card);
    Page insurancePage();
    Page doubtfulPage();
    Page unknownPage();
    kit::ViewRef advice() const;
    kit::ViewRef readable() const;
    kit::ButtonOptions typeInstead();
    kit::ButtonOptions lookAgain();
    void useCard();
    void typeName();

    void look();
    void stopLooking();
    void lose();
    void see(const device::CodesInView& codes);
    void find(identity::Scanned read);
    void take(identity::Scanned read);
    void type(bool typing);
    void readTyped();

    Host& host_;
    OnCard onCard_;
    std::shared_ptr<kit::TextEdit> typed_;
    bool typing_ = false;
    std::optional<identity::Slip> slip_;      ///< of what stands in the field
    bool several_ = false;                    ///< the camera sees codes that mean different things
    std::optional<identity::Scanned> found_;  ///< by the camera; its page is about to come
    std::optional<identity::Scanned> read_;
    CameraLook camera_{host_, "scan.film"};
    base::Lifetime moment_;
};

/// What a hand scanner has read, on its page.
void openScanned(Host& host, identity::Scanned read);

/// A button that leads here, with the same picture everywhere.
kit::ButtonOptions scanButton(Host& host, std::string id, const char* key,
                              ScanScreen::OnCard onCard = nullptr);

}  // namespace tram::screens
