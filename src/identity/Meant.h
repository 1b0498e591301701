#pragma once
#include <optional>
#include <vector>

#include "identity/ScannedText.h"

namespace tram::identity {

/// Whether both mean the same thing: kind and value. A report's code alone means the report that its link
/// with the secret means, too.
bool meanSame(const Scanned& one, const Scanned& other);

/// Which of the texts that are held up at the same time is meant.
struct Meant {
    std::optional<Scanned> one;  ///< nothing when there is no text, or more than one could be meant
    bool several = false;        ///< two of ours mean different things: a person has to choose
};
/// A text of no kind of ours is only meant when there is no other. `texts` may be empty.
Meant whatIsMeant(std::vector<Scanned> texts);

}  // namespace tram::identity
