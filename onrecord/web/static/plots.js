// Plots are drawn from the tables beneath them: what the table does not say, the plot cannot show.
//   <figure class="plot" data-plot="timeline|matrix|network|map"><div class="canvas"></div> ... <table>...</table></figure>
// A column's key is its th's data-key; a cell's value is its data-v, else its text; a row's data-href is where a click goes.
(() => {
  const figures = [...document.querySelectorAll("figure[data-plot]:has(table)")];
  if (!figures.length || !globalThis.echarts) return;

  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
  const theme = () => Object.fromEntries([
    "ink", "soft", "rule", "edge", "sheet", "raised", "accent", "vc", "mc", "vx", "mx",
    "statements", "events", "commitments", "meetings", "dates", "actors", "low", "mid", "high",
  ].map((name) => [name, colour(name)]));

  const rowsOf = (figure) => {
    const table = figure.querySelector("table");
    const keys = [...table.tHead.rows[0].cells].map((cell) => [cell.dataset.key, cell.textContent.trim()]);
    return {
      keys,
      rows: [...table.tBodies[0].rows].map((row) => {
        const values = { href: row.dataset.href };
        keys.forEach(([key], n) => {
          const cell = row.cells[n];
          const told = cell.dataset.v ?? cell.textContent.trim();
          values[key] = cell.dataset.n === undefined ? told : told === "" ? null : Number(told);
        });
        return values;
      }),
    };
  };

  const base = (c) => ({
    animation: false,
    backgroundColor: "transparent",
    textStyle: { color: c.ink, fontFamily: getComputedStyle(document.body).fontFamily },
    aria: { enabled: true },
    tooltip: {
      renderMode: "richText", confine: true, backgroundColor: c.sheet, borderColor: c.edge,
      textStyle: { color: c.ink, fontSize: 12 },
    },
  });
  const axis = (c) => ({
    axisLine: { lineStyle: { color: c.edge } }, axisTick: { lineStyle: { color: c.rule } },
    axisLabel: { color: c.soft }, splitLine: { lineStyle: { color: c.rule } }, nameTextStyle: { color: c.soft },
  });
  const short = (text, long = 26) => text.length > long ? `${text.slice(0, long - 1)}…` : text;

  // Stacked bars a stretch of days, and a line where there is a column "mean" (Goldstein, -10 to 10).
  const timeline = (c, { keys, rows }) => {
    const series = keys.filter(([key]) => !["first", "last", "mean", "total"].includes(key));
    const mean = keys.find(([key]) => key === "mean");
    return {
      ...base(c),
      tooltip: { ...base(c).tooltip, trigger: "axis", axisPointer: { type: "shadow" } },
      legend: { top: 0, textStyle: { color: c.soft }, icon: "roundRect", itemWidth: 12, itemHeight: 9, type: "scroll" },
      grid: { left: 44, right: mean ? 44 : 12, top: 34, bottom: rows.length > 8 ? 64 : 28 },
      dataZoom: rows.length > 8 ? [
        { type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false },
        { type: "slider", height: 18, bottom: 8, borderColor: c.rule, textStyle: { color: c.soft }, fillerColor: "rgba(128,128,128,.18)" },
      ] : [],
      xAxis: { type: "category", data: rows.map((row) => row.first), ...axis(c), splitLine: { show: false } },
      yAxis: [
        { type: "value", minInterval: 1, ...axis(c) },
        ...(mean ? [{ type: "value", min: -10, max: 10, interval: 5, ...axis(c), splitLine: { show: false } }] : []),
      ],
      series: [
        ...series.map(([key, name]) => ({
          name, type: "bar", stack: "all", barMaxWidth: 28, itemStyle: { color: c[key] ?? c.accent, borderColor: c.sheet, borderWidth: 0.5 },
          data: rows.map((row) => row[key]),
        })),
        ...(mean ? [{
          name: mean[1], type: "line", yAxisIndex: 1, connectNulls: false, symbolSize: 5, data: rows.map((row) => row.mean),
          itemStyle: { color: c.ink }, lineStyle: { width: 1.5, color: c.ink },
        }] : []),
      ],
    };
  };

  // Who to whom: a cell's colour is "mean" where there is such a column, else the count; the count stands in the cell.
  const matrix = (c, { keys, rows }) => {
    const names = (key) => [...new Set(rows.map((row) => row[key]))];
    const mean = keys.some(([key]) => key === "mean");
    const most = Math.max(1, ...rows.map((row) => row.count));
    const left = names("a"), top = names("b");
    return {
      ...base(c),
      tooltip: { ...base(c).tooltip, formatter: (p) => `${p.data.row.a} → ${p.data.row.b}\n${p.data.row.count} ${mean ? `events, mean ${p.data.row.mean ?? "–"}` : "in common"}` },
      grid: { left: 8, right: 12, top: 8, bottom: 56, containLabel: true },
      xAxis: { type: "category", data: top, ...axis(c), axisLabel: { color: c.soft, rotate: 40, formatter: (t) => short(t, 18), interval: 0 }, splitLine: { show: false }, position: "top" },
      yAxis: { type: "category", data: left, inverse: true, ...axis(c), axisLabel: { color: c.soft, formatter: (t) => short(t, 22), interval: 0 }, splitLine: { show: false } },
      visualMap: {
        type: "continuous", calculable: true, orient: "horizontal", left: "center", bottom: 0, itemHeight: 140, itemWidth: 12,
        textStyle: { color: c.soft }, ...(mean ? { min: -10, max: 10, inRange: { color: [c.low, c.mid, c.high] } } : { min: 0, max: most, inRange: { color: [c.raised, c.accent] } }),
      },
      series: [{
        type: "heatmap", itemStyle: { borderColor: c.sheet, borderWidth: 1 },
        label: { show: rows.length < 160, color: c.ink, fontSize: 11, formatter: (p) => p.data.row.count, textBorderColor: c.sheet, textBorderWidth: 2 },
        data: rows.map((row) => ({ value: [row.b, row.a, mean ? row.mean ?? 0 : row.count], row, href: row.href })),
      }],
    };
  };

  const network = (c, { rows }) => {
    const weight = new Map();
    for (const row of rows) for (const name of [row.a, row.b]) weight.set(name, (weight.get(name) ?? 0) + row.count);
    const most = Math.max(1, ...rows.map((row) => row.count));
    const heaviest = Math.max(1, ...weight.values());
    return {
      ...base(c),
      tooltip: { ...base(c).tooltip, formatter: (p) => p.dataType === "edge" ? `${p.data.source} → ${p.data.target}\n${p.data.count}` : `${p.name}\n${weight.get(p.name)} in all` },
      series: [{
        type: "graph", layout: "force", roam: "move", draggable: true, edgeSymbol: ["none", "arrow"], edgeSymbolSize: 7,
        force: { repulsion: weight.size < 12 ? 500 : 190, edgeLength: [50, 130], gravity: 0.12, layoutAnimation: false },
        label: { show: true, position: "right", color: c.ink, fontSize: 11, formatter: (p) => short(p.name, 22), textBorderColor: c.sheet, textBorderWidth: 2 },
        labelLayout: { hideOverlap: true },
        emphasis: { focus: "adjacency" },
        itemStyle: { color: c.accent }, lineStyle: { color: c.edge, curveness: 0.16, opacity: 0.75 },
        data: [...weight].map(([name, n]) => ({ name, value: n, symbolSize: 7 + 22 * Math.sqrt(n / heaviest) })),
        links: rows.map((row) => ({ source: row.a, target: row.b, count: row.count, href: row.href, lineStyle: { width: 0.8 + 4 * row.count / most } })),
      }],
    };
  };

  // TopoJSON to GeoJSON: arcs are integer steps on a grid, the first of each ring absolute.
  // Rings over the date line go on beyond 180 degrees instead of back across the map; the Antarctic has no meetings.
  const land = (topology) => {
    const { scale, translate } = topology.transform;
    const arcs = topology.arcs.map((arc) => { let x = 0, y = 0; return arc.map(([dx, dy]) => { x += dx; y += dy; return [x * scale[0] + translate[0], y * scale[1] + translate[1]]; }); });
    const ring = (ids) => ids.flatMap((id, n) => { const arc = id < 0 ? [...arcs[~id]].reverse() : arcs[id]; return n ? arc.slice(1) : arc; });
    const shapes = topology.objects.land.geometries.flatMap((g) => g.type === "MultiPolygon" ? g.arcs : [g.arcs]);
    const whole = (points) => {
      let shift = 0;
      return points.map(([x, y], n) => {
        const step = n ? x - points[n - 1][0] : 0;
        if (Math.abs(step) > 180) shift -= 360 * Math.sign(step);
        return [x + shift, y];
      });
    };
    const shown = shapes.map((rings) => rings.map(ring)).filter(([outer]) => outer.some(([, y]) => y > -60));
    const coordinates = shown.map((rings) => rings.map(whole));
    return { type: "FeatureCollection", features: [{ type: "Feature", properties: { name: "land" }, geometry: { type: "MultiPolygon", coordinates } }] };
  };
  let world = null;
  const map = async (c, { rows }, figure) => {
    if (!world) {
      world = land(await (await fetch(figure.dataset.land)).json());
      echarts.registerMap("world", world);
    }
    const most = Math.max(1, ...rows.map((row) => row.count));
    return {
      ...base(c),
      tooltip: { ...base(c).tooltip, formatter: (p) => p.data ? `${p.data.name}\n${p.data.row.count} ${p.data.row.status}` : "" },
      geo: { map: "world", roam: true, silent: true, itemStyle: { areaColor: c.raised, borderColor: c.rule }, left: 4, right: 4, top: "middle" },
      series: [{
        type: "scatter", coordinateSystem: "geo", itemStyle: { color: c.meetings, opacity: 0.85, borderColor: c.sheet },
        label: { show: rows.length < 40, formatter: (p) => p.data.name, position: "right", color: c.ink, fontSize: 11, textBorderColor: c.sheet, textBorderWidth: 2 },
        labelLayout: { hideOverlap: true },
        data: rows.filter((row) => row.lat !== null && row.lon !== null).map((row) => ({ name: row.place, value: [row.lon, row.lat], symbolSize: 8 + 16 * Math.sqrt(row.count / most), row, href: row.href })),
      }],
    };
  };

  const kinds = { timeline, matrix, network, map };
  const draw = async (figure) => {
    const table = rowsOf(figure);
    if (!table.rows.length) return;
    const canvas = figure.querySelector(".canvas");
    canvas.hidden = false;
    const chart = echarts.getInstanceByDom(canvas) ?? echarts.init(canvas, null, { renderer: "canvas" });
    chart.setOption(await kinds[figure.dataset.plot](theme(), table, figure), true);
    chart.off("click");
    chart.on("click", (p) => {
      const href = p.data?.href ?? (figure.dataset.plot === "timeline" ? table.rows[p.dataIndex]?.href : undefined);
      if (href) location.assign(new URL(href, location.origin));
    });
    figure.dataset.drawn = "";
  };
  const all = () => figures.forEach(draw);
  all();
  document.addEventListener("themechange", all);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  addEventListener("resize", () => figures.forEach((figure) => echarts.getInstanceByDom(figure.querySelector(".canvas"))?.resize()));
})();
