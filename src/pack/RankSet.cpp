#include "pack/RankSet.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace tram::pack {

RankSet RankSet::all(std::size_t size) {
    RankSet set(size);
    std::ranges::fill(set.bits_, ~std::uint64_t{0});
    set.bits_.front() &= ~std::uint64_t{1};
    set.bits_.back() &= ~std::uint64_t{0} >> (63 - size % 64);
    return set;
}

bool RankSet::empty() const {
    return std::ranges::all_of(bits_, [](std::uint64_t word) { return word == 0; });
}

std::size_t RankSet::count() const {
    std::size_t count = 0;
    for (const auto word : bits_) count += static_cast<std::size_t>(std::popcount(word));
    return count;
}

RankSet& RankSet::operator|=(const RankSet& other) {
    for (std::size_t at = 0; at < bits_.size(); ++at) bits_[at] |= other.bits_[at];
    return *this;
}

RankSet& RankSet::operator&=(const RankSet& other) {
    for (std::size_t at = 0; at < bits_.size(); ++at) bits_[at] &= other.bits_[at];
    return *this;
}

std::vector<std::size_t> RankSet::first(std::size_t limit) const {
    std::vector<std::size_t> ranks;
    for (std::size_t at = 0; at < bits_.size() && ranks.size() < limit; ++at)
        for (auto word = bits_[at]; word != 0 && ranks.size() < limit; word &= word - 1)
            ranks.push_back(at * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    return ranks;
}

std::string RankSet::toBytes() const {
    std::string bytes;
    std::size_t before = 0;
    for (const auto rank : first(std::numeric_limits<std::size_t>::max())) {
        auto step = rank - before;
        for (; step >= 0x80; step >>= 7) bytes += static_cast<char>(step | 0x80);
        bytes += static_cast<char>(step);
        before = rank;
    }
    return bytes;
}

bool RankSet::addBytes(std::string_view bytes) {
    return each(bytes, size_, [this](std::size_t rank) { add(rank); });
}

}  // namespace tram::pack
