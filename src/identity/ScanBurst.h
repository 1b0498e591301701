#pragma once
#include <optional>
#include <string>

#include "base/Clock.h"
#include "base/Secret.h"

namespace tram::identity {

/// A USB hand scanner is a keyboard that types faster than people can, and ends with Enter. Every key of a
/// keyboard goes through here first; whoever feeds it keeps the events in a queue and does as it is told:
/// `typed` of the oldest are a person's and are to be delivered; `dropped` are all that are then still held.
/// Times are those at which keys were pressed, on one monotonic clock.
class ScanBurst {
  public:
    /// Scanners leave 1 to 20 ms between keys; the fastest typists 50, and auto-repeat 33 (of one key).
    static constexpr base::Millis kGap{30};
    static constexpr std::size_t kShortest = 6;  ///< keys before Enter; of ours the shortest code has ten
    /// Scanners are triggered by hand: no key or press comes so shortly before a scan. What begins sooner is
    /// typing or the rest of a scan that broke off, and such a rest may look like a whole other text.
    /// Within a scan, once kShortest keys came at its pace, a pause up to this one does not tear it: no
    /// person types so, and a machine may stand still for a moment (its X server gives keys their times).
    static constexpr base::Millis kPause{200};
    static constexpr std::size_t kLongest = 4096;

    struct Outcome {
        std::size_t typed = 0;  ///< of the held ones, the oldest first
        bool dropped = false;   ///< then nothing is held any more
        /// With `dropped`. A too long one is cut behind kLongest; empty is one whose beginning is missing.
        std::optional<base::SecretText> scan;
    };
    Outcome key(char32_t character, base::Millis now);  ///< a key with a character; it is held itself
    Outcome enter(base::Millis now);                    ///< held, or the end of a scan
    /// Any key without a character (arrows, Escape, Backspace): `typed` counts it too. Amid a scan (scanners
    /// send some characters as Alt and a number, or control keys) it makes all of it nobody's.
    Outcome other(base::Millis now);
    /// A finger comes down: what is held was typed before it, and is to be delivered before it is looked at.
    /// A scan that it tears is a card's number and name, and text in no field: all of it is dropped, up to a
    /// pause.
    Outcome press(base::Millis now);
    /// The keys have been somebody else's until now (an earlier session's). What follows is the rest of what
    /// began there: it is dropped until there is a pause.
    Outcome begin(base::Millis now);
    /// When what is held has to be looked at again (tick), if nothing comes before.
    std::optional<base::Millis> due() const;
    Outcome tick(base::Millis now);
    std::size_t held() const { return held_; }

  private:
    enum class Burst { Whole, Torn, Nobodys };  // Torn: may be a scan's rest; Nobodys: its keys are dropped

    std::size_t release();
    Outcome drop(base::Millis now);
    Outcome tear(base::Millis now);
    void append(char32_t character);
    bool scanning() const { return count_ >= kShortest && !steady_; }
    base::Millis patience() const { return scanning() || burst_ == Burst::Nobodys ? kPause : kGap; }
    bool late(base::Millis now) const { return now - last_ > patience(); }

    base::SecretText text_;
    std::size_t count_ = 0, held_ = 0;  // keys of this burst; those of them that are held
    Burst burst_ = Burst::Whole;
    bool steady_ = true;  // nothing but one character so far: auto-repeat
    char32_t first_ = 0;
    base::Millis last_{0};  // key or press
};

}  // namespace tram::identity
