#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/Result.h"

namespace tram::content {

/// A number people call instead of writing a report; staff can change the data.
struct Hotline {
    std::string number;
    std::string labelVi, labelEn;
    bool danger = false;  ///< 112–115: life, fire, crime, disaster; shown in the danger line

    const std::string& label(std::string_view language) const { return language == "en" ? labelEn : labelVi; }
};

/// dir/hotlines.csv, columns number,vi,en,kind (danger or service), in the order of the file.
/// FileMissing, FileUnreadable; Malformed with facts path, line, expected.
base::Result<std::vector<Hotline>> loadHotlines(const std::filesystem::path& dir);

}  // namespace tram::content
