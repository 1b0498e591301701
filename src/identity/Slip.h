#pragma once
#include <string_view>

namespace tram::identity {

/// What somebody may have meant who typed a text that is no code of ours: for words at the field. A guess by
/// the text's shape; nothing depends on it.
enum class Slip {
    Dossier,       ///< groups of digits with points or dashes, but none of the station's patterns
    ReportCheck,   ///< ten symbols as on a receipt, one of them wrong
    ReportSymbol,  ///< ten, one of which is used in no code
    ReportLength,  ///< as many as ten, give or take two
    Number,        ///< digits alone: of a card or a telephone
    Link,
    Unknown
};
Slip likelySlip(std::string_view typed);

}  // namespace tram::identity
