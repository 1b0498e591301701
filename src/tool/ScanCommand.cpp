#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "device/ScanHelper.h"
#include "tool/Commands.h"

namespace tram::tool {

namespace {

struct Options {
    bool json = false;
    std::vector<std::string> files;
};

/// Words for programs, so in no language.
std::string_view kindOf(const sight::Code& code) {
    return code.format == sight::CodeFormat::Qr ? "qr" : "code128";
}

/// A code may hold what would move the cursor of a terminal or hide from it.
std::string harmless(const std::string& text) {
    std::string shown;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            shown += c;
        } else {
            static constexpr char kHex[] = "0123456789ABCDEF";
            shown += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return shown;
}

void printLines(const std::string& before, const std::vector<sight::Code>& codes) {
    if (codes.empty()) std::cout << before << "nothing\n";
    for (const auto& code : codes)
        std::cout << before << kindOf(code) << ' ' << harmless(code.text.reveal()) << '\n';
}

void printJson(const std::string& file, const std::vector<sight::Code>& codes) {
    nlohmann::json line{{"file", file}, {"codes", nlohmann::json::array()}};
    for (const auto& code : codes)
        line["codes"].push_back({{"kind", kindOf(code)}, {"text", code.text.reveal()}});
    std::cout << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

std::filesystem::path cameraProgram() {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / "tram-camera";
}

void run(Tool& tool, const Options& options) {
    const device::ScanHelper helper(cameraProgram());
    for (const auto& file : options.files) {
        const auto codes = helper.read(file);
        if (!codes) {
            std::cerr << file << ": ";
            tool.fail(codes.error());
        } else if (options.json) {
            printJson(file, *codes);
        } else {
            printLines(options.files.size() > 1 ? file + ": " : "", *codes);
        }
        std::cout.flush();
    }
}

}  // namespace

void addScanCommand(CLI::App& app, Tool& tool) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("scan", tool.say("tool.help.scan"));
    command->add_flag("--json", options->json, tool.say("tool.help.scan.json"));
    command->add_option("file", options->files, tool.say("tool.help.scan.files"))
        ->type_name("FILE")
        ->required();
    command->callback([&tool, options] { run(tool, *options); });
}

}  // namespace tram::tool
