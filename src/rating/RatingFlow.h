#pragma once
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/Scheduler.h"
#include "outbox/Outbox.h"
#include "rating/Asked.h"

namespace tram::rating {

namespace situation {
struct Faces {};    ///< how was it: one to five
struct Reasons {};  ///< what was good, or not; any number of them
struct Words {};    ///< in one's own words, or none
struct Keeping {};  ///< being sealed and written; seconds at most
struct KeepFailed {
    base::Problem problem;
};  ///< nothing was recorded; all that was said is there
struct Done {
    base::WallTime at{};
};  ///< kept at the station; nothing of it is left in memory
}  // namespace situation
using RatingState = std::variant<situation::Faces, situation::Reasons, situation::Words, situation::Keeping,
                                 situation::KeepFailed, situation::Done>;

/// What somebody thinks of an office or of the kiosk, a question a page, on the UI thread. Nothing is written
/// before send().
class RatingFlow {
  public:
    /// `subject`: a Rating of which only what it is about is there.
    RatingFlow(wire::Rating subject, std::shared_ptr<const Asked> asked,
               std::shared_ptr<outbox::Outbox> outbox, base::Scheduler& scheduler, const base::Clock& clock);

    std::function<void()> onChange;
    const RatingState& state() const { return state_; }
    const wire::Rating& rating() const { return rating_; }
    std::vector<const Reason*> reasons() const;  ///< those asked for; none when there are no stars yet
    bool chose(const std::string& reason) const { return chosen_.contains(reason); }

    void setLanguage(std::string language) { rating_.language = std::move(language); }
    /// Goes on by itself. Other stars have other reasons: those chosen before stay where they fit.
    void choose(int stars);
    void toggle(const std::string& reason);
    void setWords(std::string_view text);  ///< beyond Rating::kMaxWords it is cut
    void next();                           ///< from Reasons to Words
    bool back();                           ///< false on the first page, while it is kept, and when it is over
    void send();                           ///< from Words, and again from KeepFailed

  private:
    void moveTo(RatingState state);

    wire::Rating rating_;
    std::shared_ptr<const Asked> asked_;
    std::shared_ptr<outbox::Outbox> outbox_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    RatingState state_;
    std::set<std::string> chosen_;
    base::Lifetime lifetime_;
};

}  // namespace tram::rating
