#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/Result.h"
#include "wire/FeedbackFields.h"

namespace tram::gateway {

/// Who works on what in the pretend city, and what they answer: resources/demo/1022.json and the wards'
/// names.
/// "{ward}" and "{unit}" in texts are places to fill.
struct Demo1022Data {
    struct Field {
        std::string unit;
        std::vector<wire::Bilingual> answers;
    };
    std::string source;
    std::map<std::string, Field> fields;
    Field other;  ///< for a field nobody here knows
    std::vector<wire::Bilingual> refusals;
    std::map<std::string, std::string> wards;  ///< code → "Phường Bàn Cờ"

    static base::Result<Demo1022Data> load(const std::filesystem::path& demoDir,
                                           std::map<std::string, std::string> wards);
};

}  // namespace tram::gateway
