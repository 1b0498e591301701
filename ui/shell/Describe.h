#pragma once
#include <filesystem>

#include "ui/shell/Kiosk.h"

namespace tram::shell {

/// Writes what is on the page now (ids, roles, labels, places; never what was typed) as JSON, for the smoke
/// test.
/// {"screen","lang","session","views":[{"id","role","name","x","y","w","h","enabled","visible"}]}
void describe(Kiosk& kiosk, const std::filesystem::path& file, const std::string& session);

}  // namespace tram::shell
