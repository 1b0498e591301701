#include "identity/ScanBurst.h"

#include <utility>

#include "base/VietnameseText.h"

namespace tram::identity {

/// The burst is over; what is held of it is a person's.
std::size_t ScanBurst::release() {
    text_.clear();
    count_ = 0;
    steady_ = true;
    burst_ = Burst::Whole;
    return std::exchange(held_, 0);
}

void ScanBurst::append(char32_t character) {
    std::string longer;
    longer.reserve(text_.reveal().size() + 4);
    longer.append(text_.reveal()).append(base::toUtf8(std::u32string_view(&character, 1)));
    text_ = base::SecretText(std::move(longer));
    ++held_;
}

ScanBurst::Outcome ScanBurst::drop(base::Millis now) {
    last_ = now;
    return {0, true, std::nullopt};
}

ScanBurst::Outcome ScanBurst::tear(base::Millis now) {
    release();
    burst_ = Burst::Nobodys;
    return drop(now);
}

ScanBurst::Outcome ScanBurst::key(char32_t character, base::Millis now) {
    const bool lies = steady_ && held_ == kLongest;  // something lies on a key
    Outcome outcome{late(now) || lies ? release() : 0, false, std::nullopt};
    if (count_ == 0 && burst_ == Burst::Whole && now - last_ <= kPause) burst_ = Burst::Torn;
    if (count_++ == 0) first_ = character;
    steady_ = steady_ && character == first_;
    if (burst_ == Burst::Nobodys) return drop(now);
    last_ = now;
    append(character);
    if (held_ <= kLongest) return outcome;
    outcome.dropped = true;
    outcome.scan = std::exchange(text_, {});
    held_ = 0;
    burst_ = Burst::Nobodys;
    return outcome;
}

ScanBurst::Outcome ScanBurst::enter(base::Millis now) {
    if (late(now) || burst_ == Burst::Nobodys || held_ < kShortest || steady_) return other(now);
    Outcome scan = drop(now);
    scan.scan = burst_ == Burst::Whole ? std::exchange(text_, {}) : base::SecretText();
    release();
    return scan;
}

ScanBurst::Outcome ScanBurst::other(base::Millis now) {
    if (!late(now) && (burst_ == Burst::Nobodys || scanning())) return tear(now);
    last_ = now;
    return {release() + 1, false, std::nullopt};
}

ScanBurst::Outcome ScanBurst::press(base::Millis now) {
    if (!late(now) && (burst_ == Burst::Nobodys || scanning())) return tear(now);
    last_ = now;
    return {release(), false, std::nullopt};
}

ScanBurst::Outcome ScanBurst::begin(base::Millis now) {
    Outcome outcome{release(), false, std::nullopt};
    burst_ = Burst::Nobodys;
    last_ = now;
    return outcome;
}

std::optional<base::Millis> ScanBurst::due() const {
    if (held_ == 0) return std::nullopt;
    return last_ + patience() + base::Millis(1);
}

ScanBurst::Outcome ScanBurst::tick(base::Millis now) {
    return {held_ > 0 && late(now) ? release() : 0, false, std::nullopt};
}

}  // namespace tram::identity
