#include "paper/Typeset.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/Words.h"
#include "paper/PdfBuffer.h"
#include "paper/Pieces.h"

namespace tram::paper {

using base::fail;
using base::ProblemKind;

namespace {

/// Pieces on pages, by their numbers: each page is [from, to).
struct Page {
    std::size_t from = 0, to = 0;
    double height = 0;
};

double roomFor(const Pieces& pieces, const Page& page, std::size_t i) {
    return (i == page.from ? 0 : pieces[i].space) + pieces[i].height;
}

/// Where a page that is full after [from, to) ends instead, so that nothing is parted from what follows it.
std::size_t goodEnd(const Pieces& pieces, const Page& page) {
    std::size_t end = page.to;
    while (end > page.from && pieces[end - 1].withNext) --end;
    return end > page.from ? end : page.to;  // more than a page of it: parted it is
}

std::vector<Page> paginate(const Pieces& pieces, double height) {
    std::vector<Page> pages(1);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        Page& page = pages.back();
        const double room = roomFor(pieces, page, i);
        if (height > 0 && i > page.from && page.height + room > height) {
            const std::size_t end = page.to = goodEnd(pieces, page);
            pages.push_back({end, end, 0});
            i = end - 1;
            continue;
        }
        page.to = i + 1;
        page.height += room;
    }
    return pages;
}

class Document {
  public:
    explicit Document(const Measures& measures)
        : m_(measures),
          surface_(
              cairo_pdf_surface_create_for_stream(PdfBuffer::write, &buffer_, points(m_.width), points(297)),
              cairo_surface_destroy),
          cairo_(cairo_create(surface_.get()), cairo_destroy),
          setter_(cairo_.get()) {
        cairo_pdf_surface_restrict_to_version(surface_.get(), CAIRO_PDF_VERSION_1_4);
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
    }
    const TextSetter& setter() const { return setter_; }

    base::Result<Pdf> make(const Pieces& pieces, const std::string& label) {
        const double inner = m_.height > 0 ? points(m_.height - m_.top - m_.bottom) : 0;
        const auto pages = paginate(pieces, inner);
        const double height = m_.height > 0 ? m_.height : roll(pages.front());
        const auto count = static_cast<int>(pages.size());
        if (count * height > m_.most) return fail(ProblemKind::TooLarge);
        for (int number = 1; number <= count; ++number) {
            draw(pieces, pages[static_cast<std::size_t>(number - 1)], height);
            if (count > 1) foot(label, number, count);
            cairo_show_page(cairo_.get());
        }
        cairo_.reset();
        cairo_surface_finish(surface_.get());
        if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS)
            return fail(ProblemKind::Internal, {{"detail", "cairo"}});
        return Pdf(buffer_.take(), count, m_.width, height);
    }

  private:
    static double points(double mm) { return mm * kPointsPerMm; }
    /// Whole millimetres: that is how media are named.
    double roll(const Page& page) const { return std::ceil(m_.top + page.height / kPointsPerMm + m_.bottom); }
    void draw(const Pieces& pieces, const Page& page, double height) const {
        cairo_pdf_surface_set_size(surface_.get(), points(m_.width), points(height));
        cairo_set_source_rgb(cairo_.get(), 0, 0, 0);
        double y = points(m_.top);
        for (std::size_t i = page.from; i < page.to; ++i) {
            if (i > page.from) y += pieces[i].space;
            pieces[i].draw(cairo_.get(), points(m_.side), y);
            y += pieces[i].height;
        }
    }
    void foot(const std::string& label, int page, int pages) const {
        const auto text =
            base::Words::fill(label, {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}});
        const auto lines = setter_.lines(text, {m_.small, false, true}, points(m_.inner()));
        if (!lines.empty())
            lines.front().draw(cairo_.get(), points(m_.side), points(m_.height - 0.85 * m_.bottom));
    }

    const Measures& m_;
    PdfBuffer buffer_;
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo_;
    TextSetter setter_;
};

}  // namespace

base::Result<Pdf> typeset(const Sheet& sheet, Stock stock) {
    const Measures measures = measuresOf(stock);
    Document document(measures);
    const auto pieces = piecesOf(sheet, measures, document.setter());
    if (!pieces) return tl::unexpected(pieces.error());
    if (pieces->empty()) return fail(ProblemKind::Malformed);
    return document.make(*pieces, sheet.pageLabel);
}

}  // namespace tram::paper
