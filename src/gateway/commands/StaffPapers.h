#pragma once
#include <filesystem>
#include <string>

#include "base/Result.h"
#include "base/Words.h"
#include "gateway/fleet/StaffRegistry.h"

namespace tram::gateway {

/// What somebody is handed who may sign in: their badge as a card of ID-1's size (ISO/IEC 7810, 85.60 ×
/// 53.98 mm) with its code, and apart from it a letter with their code and PIN.
struct StaffPapers {
    std::string card;         ///< SVG 1.1
    base::SecretText letter;  ///< plain text

    /// OutOfRange when there is no code of it.
    static base::Result<StaffPapers> of(const StaffRegistry::Issued& issued, const base::Words& words);
    /// `<id>.svg` and `<id>.txt` in `dir`, closed to others.
    base::Result<void> write(const std::filesystem::path& dir, const std::string& id) const;
};

}  // namespace tram::gateway
