#include <memory>

#include "base/Files.h"
#include "catalogue/Catalogue.h"
#include "content/WardDirectory.h"
#include "form/Form.h"
#include "publish/EntryMaker.h"
#include "publish/SurveySource.h"
#include "tool/Commands.h"
#include "tool/Faults.h"

namespace tram::tool {

using base::Result;

namespace {

constexpr std::size_t kMaxSurvey = 1u << 20;

Result<publish::Faults> surveyFaults(const std::string& path, publish::Table& table) {
    const auto catalogue = catalogue::Catalogue::load(shareDirectory() / "catalogue");
    if (!catalogue) return tl::unexpected(catalogue.error());
    const auto wards = content::WardDirectory::load(shareDirectory() / "content");
    if (!wards) return tl::unexpected(wards.error());
    const auto text = base::readFile(path, kMaxSurvey);
    if (!text) return tl::unexpected(text.error());
    const auto name = std::filesystem::path(path).filename().string();
    publish::Faults faults;
    table = publish::readSurvey(*text, name, faults);
    const auto* kind = catalogue->kind("survey");
    if (!kind || table.rows.empty()) return faults;
    publish::EntryMaker maker(*kind, *wards);
    const auto before = faults.size();
    maker.checkColumns(table.columns, name, faults);
    if (faults.size() == before) maker.make(table.rows.front(), name, faults);
    table.tellPlaces(faults, before);
    return faults;
}

Result<void> checkSurvey(Tool& tool, const std::string& path) {
    publish::Table table;
    const auto faults = surveyFaults(path, table);
    if (!faults) return tl::unexpected(faults.error());
    if (!faults->empty()) return printFaults(tool, *faults), Result<void>();
    const auto& json = table.rows.front().at("form");
    return form::Form::parse(json).map([&](const form::Form& form) {
        tool.print("tool.survey.right", {{"questions", std::to_string(form.questions().size())},
                                         {"sections", std::to_string(form.sections.size())},
                                         {"hash", form::hashOf(json)}});
    });
}

}  // namespace

void addSurveyCommand(CLI::App& app, Tool& tool) {
    auto file = std::make_shared<std::string>();
    CLI::App* survey = app.add_subcommand("survey", tool.say("tool.help.survey"))->require_subcommand(1);
    CLI::App* check = survey->add_subcommand("check", tool.say("tool.help.survey.check"));
    check->add_option("file", *file, tool.say("tool.help.survey.file"))->type_name("FILE")->required();
    check->callback([&tool, file] {
        if (const auto done = checkSurvey(tool, *file); !done) tool.fail(done.error());
    });
}

}  // namespace tram::tool
