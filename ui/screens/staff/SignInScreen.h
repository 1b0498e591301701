#pragma once
#include "assist/SignIn.h"
#include "ui/screens/CameraLook.h"

namespace tram::screens {

/// *Cán bộ*: a badge and its PIN, or a code and its PIN; and the same over everything while a session is
/// locked.
class SignInScreen final : public Screen {
  public:
    /// `badge`: one that was held up already; empty when none was.
    explicit SignInScreen(Host& host, base::SecretText badge = {});
    std::string name() const override;
    Page render() override;
    bool standsOverLock() const override { return true; }
    bool back() override;
    bool scanned(identity::Scanned& read) override;
    bool goesOn() const override { return locked(); }
    void covered(bool over) override;

  private:
    using EditRef = std::shared_ptr<kit::TextEdit>;

    bool locked() const;  ///< somebody is on duty whose session waits for its PIN
    bool asksForBadge() const;
    void changed();
    void look();
    void see(const device::CodesInView& codes);
    void countDown();
    void enter();
    void signedIn();
    void again();
    Page badgePage();
    Page pinPage();
    Page codePage();
    Page checkingPage();
    Page refusedPage();
    std::string wrongText() const;
    void addWays(Page& page);
    kit::ButtonOptions codeButton();

    Host& host_;
    std::unique_ptr<assist::SignIn> signIn_;
    EditRef code_, pin_;
    CameraLook camera_{host_, "staff.film"};
    bool looking_ = false, wrong_ = false;
    base::Lifetime counting_, lifetime_;
};

}  // namespace tram::screens
