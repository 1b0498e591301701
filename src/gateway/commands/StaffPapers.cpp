#include "gateway/commands/StaffPapers.h"

#include "base/Files.h"
#include "base/Markup.h"
#include "qr/QrCode.h"

namespace tram::gateway {
namespace {

using base::Result;

constexpr double kCardWidth = 85.6, kCardHeight = 53.98, kCodeSide = 42, kMargin = 6;
constexpr std::size_t kLineLetters = 19;

std::string number(double value) {
    auto text = std::to_string(value);
    text.erase(text.find('.') + 4);
    return text;
}

/// At blanks, so that no line is longer than the card is wide beside the code; longer words are left whole.
std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines(1);
    std::size_t letters = 0, start = 0;
    while (start < text.size()) {
        const auto end = std::min(text.find(' ', start), text.size());
        const auto word = text.substr(start, end - start);
        const auto length = base::characters(word);
        if (letters > 0 && letters + 1 + length > kLineLetters) {
            lines.emplace_back();
            letters = 0;
        }
        lines.back() += (letters > 0 ? " " : "") + word;
        letters += length + (letters > 0 ? 1 : 0);
        start = end + 1;
    }
    return lines;
}

void addText(std::string& svg, double& y, const std::string& text, double size, const char* weight) {
    for (const auto& line : linesOf(text)) {
        y += size * 1.3;
        svg += "<text x=\"" + number(kMargin + kCodeSide + 3) + "\" y=\"" + number(y) + "\" font-size=\"" +
               number(size) + "\" font-weight=\"" + weight + "\">" + base::markupText(line) + "</text>\n";
    }
}

/// With its quiet zone around it, dark rows as one path.
std::string codePath(const qr::QrCode& code) {
    const double module = kCodeSide / (code.size + 2 * qr::QrCode::kQuietModules);
    std::string path;
    for (int y = 0; y < code.size; ++y)
        for (int x = 0; x < code.size; ++x)
            if (code.at(x, y))
                path += "M" + number((x + qr::QrCode::kQuietModules) * module) + " " +
                        number((y + qr::QrCode::kQuietModules) * module) + "h" + number(module) + "v" +
                        number(module) + "h-" + number(module) + "z";
    return path;
}

}  // namespace

Result<StaffPapers> StaffPapers::of(const StaffRegistry::Issued& issued, const base::Words& words) {
    const auto code = qr::QrCode::encode(issued.badge.reveal());
    if (!code) return tl::unexpected(code.error());
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(kCardWidth) + "mm\" height=\"" +
        number(kCardHeight) + "mm\" viewBox=\"0 0 " + number(kCardWidth) + " " + number(kCardHeight) +
        "\" font-family=\"Inter, sans-serif\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        "<path transform=\"translate(" +
        number(kMargin / 2) + " " + number((kCardHeight - kCodeSide) / 2) + ")\" d=\"" + codePath(*code) +
        "\"/>\n";
    double y = kMargin;
    addText(svg, y, words.text("staff.card.title"), 3, "400");
    addText(svg, y, issued.member.name, 4, "700");
    addText(svg, y, words.text("staff.role." + std::string(name(issued.member.role))), 3, "400");
    addText(svg, y, issued.member.unit, 3, "400");
    addText(svg, y, issued.member.id, 3, "400");
    return StaffPapers{svg + "</svg>\n",
                       base::SecretText(words.text("staff.letter", {{"name", issued.member.name},
                                                                    {"id", issued.member.id},
                                                                    {"code", issued.code},
                                                                    {"pin", issued.pin.reveal()}}) +
                                        "\n")};
}

Result<void> StaffPapers::write(const std::filesystem::path& dir, const std::string& id) const {
    if (auto made = base::makeDirectories(dir, 0700); !made) return made;
    if (auto written = base::writeFileAtomically(dir / (id + ".svg"), card, 0600); !written) return written;
    return base::writeFileAtomically(dir / (id + ".txt"), letter.reveal(), 0600);
}

}  // namespace tram::gateway
