#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/Scheduler.h"
#include "form/Asked.h"
#include "identity/ResidentSession.h"
#include "outbox/Outbox.h"
#include "survey/OneTimeToken.h"

namespace tram::survey {

namespace situation {
/// The survey is signed, or once: somebody has to log in first. `again`: who was logged in no longer is, in
/// the gateway's eyes; the answers are all there, and setResident() goes back to Checking.
struct NeedsLogin {
    bool again = false;
};
struct Answering {
    std::size_t section = 0;
};
struct Checking {};  ///< all answers once more, before they are sent
struct Asking {};    ///< the gateway for a token; seconds
/// No token, so nothing was sent or recorded; the answers are all there. The line, mostly: retry() or back().
struct NoToken {
    base::Problem problem;
};
struct AlreadyAnswered {};  ///< this resident has had this survey's token before
struct Over {};     ///< its last day has passed, or the gateway takes no more: nothing was sent or recorded
struct Keeping {};  ///< being sealed and written; seconds at most
struct KeepFailed {
    base::Problem problem;
};  ///< nothing was recorded; the answers are all there, and the token, if one was needed
struct Done {
    base::WallTime at{};
};  ///< kept at the station; of the answers nothing is left in memory
}  // namespace situation
using SurveyState = std::variant<situation::NeedsLogin, situation::Answering, situation::Checking,
                                 situation::Asking, situation::NoToken, situation::AlreadyAnswered,
                                 situation::Over, situation::Keeping, situation::KeepFailed, situation::Done>;

/// One resident's answers to one survey, from the first question to *đã lưu tại trạm*. All functions on the
/// UI thread. What was answered ends with it: nothing is written before send().
class SurveyFlow {
  public:
    struct Settings {
        std::string survey;    ///< the entry's id
        std::string formJson;  ///< as it stands in the pack
        form::Form form;       ///< the same, read
        std::string language;
        std::string until = {};  ///< its last day, "2026-12-31"; "" for none
    };
    struct Services {
        std::shared_ptr<outbox::Outbox> outbox;
        TokenService token;  ///< only used by surveys that are once and anonymous
    };
    SurveyFlow(Settings settings, Services services, base::Scheduler& scheduler, const base::Clock& clock);
    ~SurveyFlow();

    std::function<void()> onChange;
    const SurveyState& state() const { return state_; }
    const form::Form& form() const { return settings_.form; }
    const form::Answers& answers() const { return answers_; }
    /// The questions of a section that are asked, given the answers so far.
    std::vector<const form::Question*> questions(std::size_t section) const;
    /// Which sections have any, and so are steps, in order. The one shown counts as one of them.
    std::vector<std::size_t> sections() const;
    /// Of the section shown; empty until next() or send() was refused, then kept up to date. A question that
    /// appears afterwards is not missing before somebody has gone past it.
    const std::vector<form::Issue>& issues() const { return issues_; }
    const identity::ResidentSession* resident() const { return resident_.get(); }
    bool needsLogin() const;

    void setLanguage(std::string language) { settings_.language = std::move(language); }
    void setResident(std::shared_ptr<const identity::ResidentSession> resident);

    /// One: it and no other, and once more takes it back. Several: it too, or no longer.
    void choose(const std::string& question, const std::string& option);
    void setScale(const std::string& question, int value);  ///< the same once more takes it back
    /// As typed ("2,5"); what is no number counts as no answer, and as an issue (NotNumber).
    void setNumber(const std::string& question, std::string_view typed);
    void setText(const std::string& question, std::string_view text);  ///< beyond `most` it is cut

    bool next();  ///< to the next section or Checking; false, with issues(), when something is missing
    bool back();  ///< false on the first section; from Checking to the questions; from NoToken, KeepFailed
                  ///< and a login that is needed again to Checking
    void edit(std::size_t section);  ///< from Checking; next() and back() then lead back to it
    /// From Checking: → Keeping → Done. If a token is needed → Asking → Done: what is kept with it follows at
    /// once in the same background work, so that nothing but a power cut comes in between. Or → Answering,
    /// with issues(), …
    void send();
    void retry() { send(); }  ///< from NoToken and KeepFailed

  private:
    std::optional<std::size_t> shown() const;
    const form::Question* editable(const std::string& question) const;
    std::vector<form::Issue> issuesOf(std::size_t section) const;
    bool moveTo(SurveyState state);
    bool refuse(std::size_t section, std::vector<form::Issue> issues);
    bool needsToken() const;
    bool isOver() const;
    void sendNow();
    struct Sending;
    struct Sent;
    std::shared_ptr<Sending> sending() const;
    void ask();
    void asked(Sent sent);
    void refused(const base::Problem& problem);
    void keep();
    void kept(const base::Result<outbox::Outbox::Kept>& result);
    void changed();

    Settings settings_;
    Services services_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    SurveyState state_;
    form::Answers answers_;
    std::set<std::string> unreadable_;  ///< questions whose number is none
    std::set<std::string> left_;        ///< those that were asked when next() or send() was refused
    std::vector<form::Issue> issues_;
    bool showIssues_ = false, backToCheck_ = false;
    std::shared_ptr<const identity::ResidentSession> resident_;
    OneTimeToken token_;
    base::WallTime pressed_{};  ///< when *Gửi* was: that moment has to lie before the survey's end
    base::Lifetime lifetime_;
};

}  // namespace tram::survey
