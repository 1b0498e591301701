#pragma once
#include <optional>
#include <string>

#include "base/Clock.h"
#include "base/Secret.h"

namespace tram::identity {

/// A USB hand scanner is a keyboard that types faster than people can, and ends with Enter. Every key of a
/// keyboard goes through here first; whoever feeds it keeps the events in a queue and does as it is told:
/// `typed` of the oldest are a person's and are to be delivered; `scan` drops all that are held.
/// Times are of the boot-time clock.
class ScanBurst {
  public:
    /// Scanners leave 1 to 20 ms between keys; the fastest typists 50, and auto-repeat 33 (of one key).
    static constexpr base::Millis kGap{30};
    static constexpr std::size_t kShortest = 6;  ///< keys before Enter; of ours the shortest code has ten
    static constexpr std::size_t kLongest = 4096;

    struct Outcome {
        std::size_t typed = 0;                 ///< of the held ones, the oldest first
        std::optional<base::SecretText> scan;  ///< then nothing is held any more
    };
    Outcome key(char32_t character, base::Millis now);  ///< a key with a character; it is held itself
    Outcome enter(base::Millis now);                    ///< held, or the end of a scan
    /// Any key without a character (arrows, Escape, Backspace): `typed` counts it too.
    Outcome other(base::Millis now);
    /// When what is held has to be looked at again (tick), if nothing comes before.
    std::optional<base::Millis> due() const;
    Outcome tick(base::Millis now);
    std::size_t held() const { return held_; }

  private:
    std::size_t release();
    bool late(base::Millis now) const { return held_ > 0 && now - last_ > kGap; }

    base::SecretText text_;
    std::size_t held_ = 0;
    bool steady_ = true;  // nothing but one character so far: auto-repeat
    char32_t first_ = 0;
    base::Millis last_{0};
};

}  // namespace tram::identity
