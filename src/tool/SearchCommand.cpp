#include <cmath>
#include <iostream>
#include <memory>
#include <sstream>

#include "pack/PackFile.h"
#include "pack/PackSearch.h"
#include "tool/Commands.h"
#include "tool/Harmless.h"

namespace tram::tool {

using base::Result;

namespace {

struct Question {
    std::string file, kind, near;
    std::vector<std::string> words;
};

Result<std::optional<pack::Point>> pointOf(const std::string& text) {
    if (text.empty()) return std::nullopt;
    pack::Point point;
    char comma = 0, rest = 0;
    std::istringstream in(text);
    if (in >> point.latitude >> comma >> point.longitude && comma == ',' && !(in >> rest) &&
        std::abs(point.latitude) <= 90 && std::abs(point.longitude) <= 180)
        return point;
    return base::fail(base::ProblemKind::Malformed, {{"key", "near"}});
}

void print(const Tool& tool, const pack::Found& found) {
    std::cout << harmless(found.entry.kind) << ' ' << harmless(found.entry.id) << "  "
              << harmless(found.entry.title);
    if (found.metres)
        std::cout << "  "
                  << tool.say("tool.search.metres", {{"count", std::to_string(std::lround(*found.metres))}});
    if (found.forgiven) std::cout << "  " << tool.say("tool.search.forgiven");
    std::cout << '\n';
}

Result<void> run(Tool& tool, const Question& question) {
    const auto from = pointOf(question.near);
    if (!from) return tl::unexpected(from.error());
    const auto opened = pack::PackFile::open(question.file);
    if (!opened) return tl::unexpected(opened.error());
    std::string typed;
    for (const auto& word : question.words) typed += (typed.empty() ? "" : " ") + word;
    const auto found = pack::search(*opened, {.typed = typed, .kind = question.kind, .from = *from});
    for (const auto& one : found) print(tool, one);
    if (found.empty()) {
        std::cerr << tool.say("tool.search.nothing") << '\n';
        tool.exitCode = 1;
    }
    return {};
}

}  // namespace

void addSearchCommand(CLI::App& app, Tool& tool) {
    auto question = std::make_shared<Question>();
    CLI::App* command = app.add_subcommand("search", tool.say("tool.help.search"));
    command->add_option("--pack", question->file, tool.say("tool.help.search.pack"))
        ->type_name("FILE")
        ->required();
    command->add_option("--kind", question->kind, tool.say("tool.help.search.kind"))->type_name("KIND");
    command->add_option("--near", question->near, tool.say("tool.help.search.near"))->type_name("LAT,LON");
    command->add_option("words", question->words, tool.say("tool.help.search.words"))
        ->type_name("TEXT")
        ->required();
    command->callback(
        [&tool, question] { tryOnPack(tool, question->file, [&] { return run(tool, *question); }); });
}

}  // namespace tram::tool
