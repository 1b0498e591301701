#pragma once
#include <string>
#include <vector>

namespace tram::pack {

/// For pack/'s own .cpp files: how well titles fit what was typed. Less is better.
class TitleFit {
  public:
    explicit TitleFit(const std::string& typed);

    /// Begins with the words, has them in a row, has them all, or not even that; and of each sort the one
    /// first in which the last word is whole (0 is the best there is). With no more than so many slips.
    int of(const std::string& title, std::size_t slips) const;
    /// Words that were typed with other accents than the title has.
    std::size_t accentsMissed(const std::string& title) const;

  private:
    std::vector<std::string> words_, spelled_;
    std::string joined_;
};

}  // namespace tram::pack
