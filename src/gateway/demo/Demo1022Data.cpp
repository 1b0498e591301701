#include "gateway/demo/Demo1022Data.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

std::vector<wire::Bilingual> textsFrom(const json& list) {
    std::vector<wire::Bilingual> texts;
    for (const auto& text : list)
        texts.push_back({text.at("vi").get<std::string>(), text.at("en").get<std::string>()});
    return texts;
}

Demo1022Data::Field fieldFrom(const json& field) {
    return {field.at("unit").get<std::string>(), textsFrom(field.at("answers"))};
}

bool complete(const Demo1022Data& data) {
    const auto answers = [](const auto& field) { return !field.answers.empty(); };
    return answers(data.other) && !data.refusals.empty() &&
           std::ranges::all_of(data.fields, [&](const auto& entry) { return answers(entry.second); });
}

}  // namespace

Result<Demo1022Data> Demo1022Data::load(const std::filesystem::path& demoDir,
                                        std::map<std::string, std::string> wards) {
    const auto text = base::readFile(demoDir / "1022.json");
    if (!text) return tl::unexpected(text.error());
    Demo1022Data data;
    try {
        const auto document = json::parse(*text);
        data.source = document.at("source").get<std::string>();
        for (const auto& [id, field] : document.at("fields").items()) data.fields[id] = fieldFrom(field);
        data.other = fieldFrom(document.at("other"));
        data.refusals = textsFrom(document.at("refusals"));
    } catch (const json::exception&) {
        return base::fail(ProblemKind::Malformed, {{"path", "1022.json"}});
    }
    if (!complete(data)) return base::fail(ProblemKind::Malformed, {{"path", "1022.json"}});
    data.wards = std::move(wards);
    return data;
}

}  // namespace tram::gateway
