#pragma once
#include "ui/screens/Host.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

/// login.png: logging in with one's own phone, one page for each situation it can be in. Leaving it in
/// whichever way ends the login; what was open below stays as it was.
class LoginScreen final : public Screen {
  public:
    enum class From {
        Home,
        Report /* a draft is under way */,
        Survey /* answers are */,
        Reports /* MyReportsScreen, whose login is over */,
        Dossiers /* the resident's own, which need a login */
    };
    /// `onApproved`: the resident is in host.session() by then.
    explicit LoginScreen(Host& host, From from = From::Home, kit::Action onApproved = nullptr);
    ~LoginScreen() override;
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Account; }
    bool back() override;
    bool goesOn() const override;

  private:
    // LoginCodePage
    Page withoutCode(const ProblemText& text, const char* leftKey);
    Page agreedPage(const identity::situation::Showing& showing);
    Page lostPage(const identity::situation::Showing& showing);
    Page codePage(const identity::situation::Showing& showing);
    kit::ViewRef largeCodePage(const identity::situation::Showing& showing);
    kit::ViewRef steps(link::ScanWay scan, bool abreast) const;
    bool lost(const identity::situation::Showing& showing) const;
    bool pretends() const;
    kit::ViewRef symbol(const identity::situation::Showing& showing) const;
    kit::ViewRef compare(const identity::situation::Showing& showing) const;
    kit::ViewRef wait(const identity::situation::Showing& showing);
    kit::ViewRef timeLeft(std::string words);
    std::string waitingWords(const std::string& family, const identity::situation::Showing& showing) const;
    kit::ButtonOptions moreTime();
    kit::ViewRef otherWays(const identity::situation::Showing& showing);
    void openPretendPhone(const std::string& link);
    // LoginOutcomePages
    Page approvedPage(const identity::ResidentSession& resident);
    Page outcomePage();
    Page outcome(const ProblemText& text, kit::ViewRef more, kit::ButtonOptions main);
    ProblemText words(const char* outcome, const char* icon, std::vector<std::string> now) const;
    std::vector<std::string> grantSteps() const;
    std::vector<std::string> levelSteps() const;
    /// A key of words for what is below this page, if it is something unfinished.
    std::string below(const std::string& family, const char* otherwise) const;
    kit::ViewRef mineButton();
    kit::ViewRef reportsButton();
    kit::ButtonOptions freshCode();
    kit::ViewRef somebodyElse();
    kit::ButtonOptions again();
    kit::ButtonOptions without();
    kit::ViewRef howToGetIt();
    Page noVneidPage();

    Page askingPage();
    Page underWay(kit::ViewRef content);
    void changed();
    void hold(bool under);
    void leave();
    void aside(bool open);

    Host& host_;
    From from_;
    kit::Action onApproved_;
    bool aside_ = false;  ///< *Chưa có VNeID?* is being read; the login goes on meanwhile
    bool held_ = false;
    std::string shownCode_;  ///< the code that whole_ seconds are the life of
    /// More time was asked for: a phone that has the former code must scan again.
    enum class Renewed { No, Yes, OpenedOne } renewed_ = Renewed::No;
    int whole_ = 0;
    bool noBrowser_ = false;  ///< the pretend phone was asked for, and none opened
    base::Lifetime lifetime_;
    std::unique_ptr<identity::Login> login_;  ///< last: when it goes it may still call us
};

/// How a resident is named where bystanders read along: a given name, or a foreigner's initials.
std::string shortName(const identity::ResidentSession& resident);

/// Where a login's time is over: what that means, and the way to another one.
Page loginOverPage(Host& host, kit::Action then = nullptr);

}  // namespace tram::screens
