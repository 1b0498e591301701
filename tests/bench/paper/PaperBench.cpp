// Press → PDF ready: what typesetting costs, beside the least that the same libraries can do with the same
// words: one Pango layout of all of them, shown once on a PDF surface. Usage: bench_paper [times]

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "paper/Typeset.h"

using namespace tram;
using namespace paper;
using Steady = std::chrono::steady_clock;

namespace {

constexpr char kLink[] = "https://cds.example.vn/t/K7M3Q9X2TW#AAECAwQFBgcICQoLDA0ODw";

Sheet receipt() {
    return {{Title{"Phản ánh đã được lưu tại trạm"}, Code{"K7M-3Q9-X2T-W", "Mã tra cứu"},
             Rows{{{"Lĩnh vực", "Chiếu sáng công cộng"},
                   {"Nơi xảy ra", "Hẻm 152 Lý Chính Thắng, phường Nhiêu Lộc"},
                   {"Lúc", "09:41, thứ Hai 30/11/2026"}}},
             Qr{kLink, "Quét mã để theo dõi trên điện thoại"}, Rule{},
             Paragraph{"Hỏi tổng đài 1022 khi cần, kể cả ngày nghỉ. Giữ phiếu này để tra cứu."},
             Small{"Trạm Bàn Cờ 02"}},
            ""};
}

Sheet checklist() {
    Sheet sheet{{Title{"Đăng ký khai sinh"}, Qr{kLink, "Mở trên điện thoại"}}, "Trang {page}/{pages}"};
    for (int part = 1; part <= 4; ++part) {
        sheet.blocks.emplace_back(Heading{"Giấy tờ cần có, phần " + std::to_string(part)});
        Items items{Items::Mark::Box, {}};
        for (int i = 0; i < 8; ++i)
            items.texts.emplace_back(
                "Giấy chứng sinh do cơ sở y tế nơi trẻ em sinh ra cấp; nếu không có thì nộp văn bản của "
                "người làm "
                "chứng xác nhận về việc sinh, bản chính và một bản sao.");
        sheet.blocks.emplace_back(items);
    }
    return sheet;
}

std::string words(const Sheet& sheet) {
    std::string all;
    for (const auto& block : sheet.blocks) {
        if (const auto* title = std::get_if<Title>(&block)) all += title->text + "\n";
        if (const auto* heading = std::get_if<Heading>(&block)) all += heading->text + "\n";
        if (const auto* paragraph = std::get_if<Paragraph>(&block)) all += paragraph->text + "\n";
        if (const auto* rows = std::get_if<Rows>(&block))
            for (const auto& row : rows->rows) all += row.label + " " + row.value + "\n";
        if (const auto* items = std::get_if<Items>(&block))
            for (const auto& text : items->texts) all += text + "\n";
    }
    return all;
}

/// The yardstick.
void plain(const std::string& text, double width) {
    const auto nowhere = [](void*, const unsigned char*, unsigned int) { return CAIRO_STATUS_SUCCESS; };
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(nowhere, nullptr, width, 2000);
    cairo_t* cairo = cairo_create(surface);
    PangoLayout* layout = pango_cairo_create_layout(cairo);
    PangoFontDescription* font = pango_font_description_from_string("Inter 11");
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_text(layout, text.c_str(), -1);
    pango_cairo_show_layout(cairo, layout);
    cairo_show_page(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    pango_font_description_free(font);
    g_object_unref(layout);
}

struct Timing {
    const char* what;
    std::function<void()> work;
    std::vector<double> took = {};

    void once() {
        const auto start = Steady::now();
        work();
        took.push_back(std::chrono::duration<double, std::milli>(Steady::now() - start).count());
    }
    double quantile(double share) const {
        auto sorted = took;
        std::sort(sorted.begin(), sorted.end());
        return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * share)];
    }
};

void must(const base::Result<Pdf>& pdf, int pages) {
    if (pdf && pdf->pages() == pages) return;
    std::fprintf(stderr, "bench_paper: %d pages expected, %d made\n", pages, pdf ? pdf->pages() : 0);
    std::exit(1);
}

}  // namespace

int main(int count, char** arguments) {
    const int times = count > 1 ? std::atoi(arguments[1]) : 200;
    const Sheet small = receipt(), large = checklist();
    const std::string smallWords = words(small), largeWords = words(large);
    std::vector<Timing> kinds{{"receipt, 80 mm roll", [&] { must(typeset(small, Stock::Thermal80), 1); }},
                              {"the same words, plain", [&] { plain(smallWords, 204); }},
                              {"checklist, two pages of A4", [&] { must(typeset(large, Stock::A4), 2); }},
                              {"the same words, plain", [&] { plain(largeWords, 493); }}};
    std::printf("press → PDF ready, %d alternating rounds; the first in a process finds the fonts\n", times);
    for (int i = 0; i < times; ++i)
        for (std::size_t turn = 0; turn < kinds.size(); ++turn)
            kinds[(static_cast<std::size_t>(i) + turn) % kinds.size()].once();
    for (const auto& kind : kinds)
        std::printf("  %-28s p50 %7.2f ms   p95 %7.2f ms   first %7.2f ms\n", kind.what, kind.quantile(0.5),
                    kind.quantile(0.95), kind.took.front());
    std::printf("  receipt / plain: %.2f (aim 6), checklist / plain: %.2f (aim 3)\n",
                kinds[0].quantile(0.5) / kinds[1].quantile(0.5),
                kinds[2].quantile(0.5) / kinds[3].quantile(0.5));
}
