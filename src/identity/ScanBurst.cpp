#include "identity/ScanBurst.h"

#include <utility>

#include "base/VietnameseText.h"

namespace tram::identity {

std::size_t ScanBurst::release() {
    text_.clear();
    steady_ = true;
    return std::exchange(held_, 0);
}

ScanBurst::Outcome ScanBurst::key(char32_t character, base::Millis now) {
    const std::size_t typed = late(now) || held_ == kLongest ? release() : 0;
    if (held_ == 0) first_ = character;
    steady_ = steady_ && character == first_;
    std::string longer;
    longer.reserve(text_.reveal().size() + 4);
    longer.append(text_.reveal()).append(base::toUtf8(std::u32string_view(&character, 1)));
    text_ = base::SecretText(std::move(longer));
    ++held_;
    last_ = now;
    return {typed, std::nullopt};
}

ScanBurst::Outcome ScanBurst::enter(base::Millis now) {
    if (late(now) || held_ < kShortest || steady_) return {release() + 1, std::nullopt};
    Outcome scan{0, text_.copy()};
    release();
    return scan;
}

ScanBurst::Outcome ScanBurst::other(base::Millis) {
    return {release() + 1, std::nullopt};
}

std::optional<base::Millis> ScanBurst::due() const {
    if (held_ == 0) return std::nullopt;
    return last_ + kGap + base::Millis(1);
}

ScanBurst::Outcome ScanBurst::tick(base::Millis now) {
    return {late(now) ? release() : 0, std::nullopt};
}

}  // namespace tram::identity
