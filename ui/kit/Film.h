#pragma once
#include <wx/bitmap.h>

#include "ui/kit/View.h"

namespace tram::kit {

/// What a camera sees just now; a tree of views shows it, and it goes on when the tree is made afresh.
/// After show() the surface is to paint the view again (Surface::repaint): nothing is laid out for a frame.
class Film {
  public:
    /// RGB, three bytes a pixel, row after row.
    void show(int width, int height, const unsigned char* rgb);
    void clear() { bitmap_ = wxBitmap(); }
    bool empty() const { return !bitmap_.IsOk(); }
    const wxBitmap& bitmap() const { return bitmap_; }

  private:
    wxBitmap bitmap_;
};

struct FilmOptions {
    std::string id;
    std::shared_ptr<const Film> film;
    double height = 0;   ///< reference pixels; 0: as high as its place
    bool found = false;  ///< the frame to aim at says that something was read, and so does a tick
    bool aim = true;     ///< a frame to aim at
    bool mirror = true;  ///< as in a mirror, so that a hand goes where its owner expects
    int count = 0;       ///< seconds until something happens, large; none at 0
    std::string spoken = {};
};
ViewRef filmView(FilmOptions options);

}  // namespace tram::kit
