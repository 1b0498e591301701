#pragma once
#include <filesystem>

#include "ui/shell/Kiosk.h"

namespace tram::shell {

/// Which life of the kiosk it is, and how many fingers it has let go of so far: whoever presses by machine
/// waits for that before the next look.
struct Life {
    std::string session;
    int taps = 0;
};

/// Writes what is on the page now (ids, roles, labels, places; never what was typed) as JSON, for the smoke
/// test.
/// {"screen","lang","session","taps","focus","takes_from","views":[{"id","role","name","x","y","w","h","enabled",
/// "visible"}]}
void describe(Kiosk& kiosk, const std::filesystem::path& file, const Life& life);

}  // namespace tram::shell
