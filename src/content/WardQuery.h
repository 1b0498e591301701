#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tram::content {

/// What a person typed to find a ward, understood the way people write old addresses: "p.4 q.3", "F4 Q3",
/// "phường 04, quận 3", "bến thành". Words match by their beginning, numbers only whole, and a number
/// belongs to the word for the unit before it, so that ward 4 of district 3 is not ward 3 of district 4.
class WardQuery {
  public:
    explicit WardQuery(std::string_view typed);
    bool empty() const { return patterns_.empty(); }
    /// Whether every word is somewhere in `indexed` (see indexText).
    bool within(std::string_view indexed) const;
    /// Whether `indexed` begins with all of it, in the order typed; equals: and with nothing more.
    bool begins(std::string_view indexed) const { return indexed.starts_with(whole_); }
    bool equals(std::string_view indexed) const;

    /// " phuong 4 quan 3 ": folded, numbers without leading zeros, blanks at both ends.
    static std::string indexText(std::string_view name);

  private:
    std::vector<std::string> patterns_;  ///< " phuong 4 ", " xua"
    std::string whole_;                  ///< " phuong 4 xua"
};

}  // namespace tram::content
