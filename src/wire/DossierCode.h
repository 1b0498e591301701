#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::wire {

/// What a text is, taken for a dossier's code: typed, scanned, or in an address.
struct DossierReading {
    enum class Verdict {
        Empty,
        Incomplete,  ///< right as far as it goes
        TooLong,     ///< more than DossierPatterns::kLongest characters
        WrongShape,  ///< see `group`
        Complete
    };
    /// The three between the dashes of "H29.25-260310-0420": who took it in, the day, the number.
    enum class Group { None, Organisation, Day, Number };

    Verdict verdict = Verdict::Empty;
    /// Tidied: capitals, plain dashes, no blanks; of a complete one with 0 and 1 where O, I or L stood for
    /// them. "" when too long.
    std::string code;
    Group group = Group::None;  ///< WrongShape: the first that is not right; None when nobody can say which
    bool elsewhere = false;     ///< Complete: of an organisation that is not the city's
};
std::string_view name(DossierReading::Verdict verdict);  ///< "empty", "incomplete", "too_long", …
std::string_view name(DossierReading::Group group);      ///< "", "organisation", "day", "number"

/// The one reader of dossiers' codes (Quyết định 20/2020/QĐ-TTg), tolerant of what people, phones and
/// printers make of them. Copies share the compiled patterns; one that was not made knows no code.
class DossierPatterns {
  public:
    static constexpr std::size_t kLongest = 64;  ///< characters; std::regex goes deeper with each

    /// ECMAScript regular expressions, matched against the whole tidied text.
    static std::vector<std::string> usual();
    /// What the codes of the city's own organisations begin with, points and what follows left out.
    static std::vector<std::string> usualHome() { return {"H29"}; }
    /// BadConfig (fact line = the index) for a pattern that is no regular expression.
    static base::Result<DossierPatterns> make(std::vector<std::string> patterns = usual(),
                                              std::vector<std::string> home = usualHome());

    DossierReading read(std::string_view text) const;
    bool fits(std::string_view tidied) const;

  private:
    struct Compiled;
    std::string repaired(const std::string& tidied) const;
    DossierReading readTidy(const std::string& tidied) const;
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace tram::wire
