#pragma once
#include <span>

#include "ledger/Line.h"

namespace tram::ledger {

/// How a chain is broken.
enum class Damage : std::uint8_t {
    Edited,     ///< a line is not what its hash says, or the next one knew another hash of it
    Removed,    ///< lines that stood here are gone, the first ones among them
    Inserted,   ///< a line that does not belong stands between two that do
    Reordered,  ///< a line stands further on than its number says
    CutTail,    ///< the gateway has acknowledged lines that are not here
    Rewritten,  ///< the gateway has acknowledged another line of this number
    Spliced,    ///< goes on with the lines of another chain
    Unreadable  ///< a file that cannot be one of ours: too large, or no file
};
inline constexpr std::size_t kDamages = 8;
std::string_view name(Damage damage);  ///< "edited", …
std::optional<Damage> damageFrom(std::string_view name);

struct Broken {
    Damage damage = Damage::Edited;
    std::int64_t n = 0;  ///< of the line where it shows
    bool operator==(const Broken&) const = default;
};

/// Goes along the lines of one chain.
class Walk {
  public:
    static constexpr std::size_t kLookAhead = 1000;

    /// From a chain's first line; or behind `last`, which is taken for sound.
    Walk() = default;
    explicit Walk(const ReadLine& last) { goOn(last); }

    /// False when this line does not follow; nothing has changed then.
    bool take(const base::Result<ReadLine>& line);
    /// What is wrong with a line that was refused: the first of `lines`, the rest of which follow it.
    Broken diagnose(std::span<const std::string_view> lines) const;

    const Head& head() const { return head_; }  ///< n is 0 before the first line
    std::int64_t next() const { return head_.n + 1; }

  private:
    bool follows(const ReadLine& line) const;
    void goOn(const ReadLine& line);
    Broken judge(const ReadLine& line) const;
    Head head_{"", 0, std::string(kNoHash)};
    std::string before_{kNoHash};  ///< what the last line says of the one before it
};

}  // namespace tram::ledger
