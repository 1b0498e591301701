#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "link/PhoneUploads.h"

namespace tram::feedback {

namespace phone {
struct Idle {};
struct Asking {};  ///< for a place
struct Showing {
    std::string link;       ///< what the QR holds
    bool opened = false;    ///< a phone has opened it
    int used = 0;           ///< pictures that came and are in the report
    int useless = 0;        ///< and others, which count for nothing
    bool lineLost = false;  ///< since the gateway answered last
};
enum class Why { Time, Full, Spent };  ///< Spent: too many came that were of no use
struct Over {
    Why why = Why::Time;
    int useless = 0;
};
struct Failed {
    base::Problem problem;
};
}  // namespace phone
using PhoneState = std::variant<phone::Idle, phone::Asking, phone::Showing, phone::Over, phone::Failed>;

/// Pictures from the resident's own phone into this draft: a link for ten minutes and three pictures, whose
/// key lives here alone. The gateway hears of each whether it could be used, and tells the phone; those that
/// could not take up no place. All functions on the UI thread. When it goes away, the link goes with it.
class PhonePictures {
  public:
    static constexpr base::Millis kAskEvery{2000}, kLongest{600'000};

    PhonePictures(std::shared_ptr<link::PhoneUploads> line, base::Scheduler& scheduler,
                  const base::Clock& clock);
    ~PhonePictures();
    PhonePictures(const PhonePictures&) = delete;
    PhonePictures& operator=(const PhonePictures&) = delete;

    std::function<void()> onChange;
    using Told = std::function<void(bool used)>;
    /// As it came from the phone: foreign bytes, for tram-camera; or why there are none. What became of it is
    /// to be said once, on the UI thread, whenever it is known.
    std::function<void(base::Result<base::SecretBytes>, Told)> onPicture;
    std::function<void()> onSign;  ///< somebody does something on the phone

    const PhoneState& state() const { return state_; }
    int secondsLeft() const;
    /// A fresh link; the one before ends. `language`: of its page, until the phone asks for another.
    void begin(const std::string& language = "vi");
    void end();  ///< back to Idle; until then a full link's page on the phone says so

  private:
    struct Place;
    template <class Work, class Then>
    void run(Work work, Then then);
    void opened(base::Result<link::PhoneUploads::Place> answer);
    void tick();
    void ask();
    void answered(base::Result<link::PhoneUploads::State> answer);
    void fetch(const link::PhoneUploads::Picture& picture);
    void fetched(int number, base::Result<base::SecretBytes> picture);
    void judged(int number, bool used);
    void over(phone::Why why);
    void lineFailed(const base::Problem& problem);
    void close();
    void finish(PhoneState state);
    void move(PhoneState state);
    phone::Showing* showing() { return std::get_if<phone::Showing>(&state_); }
    base::Millis now() const { return clock_.boot().sinceBoot; }

    std::shared_ptr<link::PhoneUploads> line_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    PhoneState state_ = phone::Idle{};
    std::shared_ptr<Place> place_;
    base::Millis ends_{0}, nextAsk_{0};
    bool asking_ = false;
};

}  // namespace tram::feedback
